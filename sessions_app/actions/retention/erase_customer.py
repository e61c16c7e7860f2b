"""Erasing a customer (E44): who he was, what was said and sent, and what shows him; that he was there stays."""

from copy import deepcopy

from django.db.models import Q

from sessions_app import events
from sessions_app.actions.locking import ANYONE, session_action
from sessions_app.actions.retention.delete_files import drop_file, drop_recording
from sessions_app.errors import NoSuchParticipant, NotAnAdmin, SessionIsOpen
from sessions_app.rules.erasure_hooks import erase_elsewhere
from sessions_app.rules.permissions import may_erase
from sessions_app.rules.streams import lobby_stream
from supportcenter.live.log.eventlog import record
from supportcenter.live.log.forgetting import forget_actors, forget_streams, rewrite
from supportcenter.refusals import require


@session_action(who=ANYONE, after_end=True, touch=False)
def erase_customer(session, customer, *, by):
    """Take a customer's data out of an ended session, for good; the log says that it was done. Twice changes nothing.

    Raises NotAnAdmin, SessionIsOpen, NoSuchParticipant.
    """
    require(may_erase(by), NotAnAdmin)
    require(not session.is_open, SessionIsOpen)
    customer = session.participants.customers().filter(pk=customer.pk).first()
    require(customer is not None, NoSuchParticipant)
    if customer.is_erased:
        return customer
    erase_elsewhere(session, customer)
    _erase_recordings(session, customer)
    _erase_in_log(session, customer, _erase_chat(session, customer), _erase_files(session, customer))
    customer.mark_erased()
    record(session.stream, events.customer_erased(customer), by=by)
    return customer


def _erase_chat(session, customer):
    """His own lines, and those of the representatives while he was there: they were said to him."""
    until = customer.left_at or session.ended_at
    to_him = Q(participant__kind="csr", at__gte=customer.joined_at, at__lte=until)
    lines = session.chat_messages.filter(Q(participant=customer) | to_him)
    erased = set(lines.values_list("pk", flat=True))
    lines.delete()
    return erased


def _erase_files(session, customer):
    """Those he sent and those he got: the name of a file tells of him as well."""
    transfers = session.file_transfers.filter(Q(sender=customer) | Q(receiver=customer))
    for transfer in transfers:
        drop_file(transfer)
        transfer.name = transfer.digest = ""
        transfer.save(update_fields=["name", "digest"])
    return {transfer.pk for transfer in transfers}


def _erase_recordings(session, customer):
    """Every recording that ran while he was there: who else is in it cannot be cut out."""
    until = customer.left_at or session.ended_at
    during = session.recordings.filter(started_at__lte=until)
    for recording in during.filter(Q(ended_at=None) | Q(ended_at__gte=customer.joined_at)):
        drop_recording(recording)


def _told_of_files(data):
    """Wherever an event tells of files: of one in its own words, of one in a line of the chat, of all in an offer."""
    said = data.get("file")
    return [*data.get("files", []), *([said] if isinstance(said, dict) else [data] if said else [])]


def _erase_in_log(session, customer, messages, files):
    def forget(event):
        before, data = deepcopy(event.data), event.data
        if "name" in data and data.get("participant") == customer.pk:
            data["name"] = ""
        for facts in _told_of_files(data):
            if facts["file"] in files:
                facts.update({fact: "" for fact in ("name", "digest") if fact in facts})
        if event.type == "join.refused" and data["name"] == customer.name:
            data["name"] = ""
        if data.get("message") in messages:
            data["text"] = ""
        return data != before

    rewrite(session.stream, forget)
    forget_actors([customer.event_key])
    forget_streams([lobby_stream(customer)])
