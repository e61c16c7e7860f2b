"""Erase a customer (E44): name, messages, files and recordings; that somebody was there stays on record."""

from copy import deepcopy
from typing import Any

from django.db.models import Q

from sessions_app import events
from sessions_app.actions.locking import ANYONE, session_action
from sessions_app.actions.receipts import erase_receipts
from sessions_app.actions.retention.delete_files import delete_file, delete_recording
from sessions_app.actions.transcripts import erase_transcripts
from sessions_app.errors import NoSuchParticipant, NotAnAdmin, SessionIsOpen
from sessions_app.models import EarlierText, Participant, SupportSession, SurveyAnswer, SurveyQuestion, SurveyReply
from sessions_app.rules.erasure_hooks import erase_elsewhere
from sessions_app.rules.permissions import may_erase
from sessions_app.rules.streams import lobby_stream
from supportcenter import security_log
from supportcenter.accounts.models import User
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.live.log.forgetting import forget_actors, forget_streams, rewrite
from supportcenter.live.models import Event
from supportcenter.refusals import require
from supportcenter.refusals.found import found


@session_action(who=ANYONE, after_end=True, touch=False)
def erase_customer(session: SupportSession, customer: Participant, *, by: User) -> Participant:
    """Erase a customer's data from an ended session for good, which goes on record. Erasing twice changes nothing.

    Raises NotAnAdmin, SessionIsOpen, NoSuchParticipant.
    """
    require(may_erase(by), NotAnAdmin)
    require(not session.is_open, SessionIsOpen)
    customer = found(session.participants.customers().filter(pk=customer.pk).first(), NoSuchParticipant)
    if customer.is_erased:
        return customer
    erase_elsewhere(session, customer)
    _erase_recordings(session, customer)
    customer.consents_given.update(reason="")
    customer.reactions.all().delete()
    _erase_survey(customer)
    erase_receipts(customer)
    erase_transcripts(customer)
    _erase_case(session)
    _erase_in_log(session, customer, _erase_chat(session, customer), _erase_files(session, customer))
    customer.mark_erased()
    run_later("sessions.clear_erased_words")
    record(session.stream, events.customer_erased(customer), by=by)
    security_log.note("customer_erased", account=by.username, about=session.audit_subject)
    return customer


def _erase_chat(session: SupportSession, customer: Participant) -> set[int]:
    """Delete the customer's messages, and those of CSRs that were said, edited or deleted while they were there.

    Those were said to them. Returns the keys of the messages.
    """
    stay = (customer.joined_at, customer.left_at or session.ended_at)
    # An edit may be about them though the line was said before they came: each, and each deletion, left a text.
    changed = EarlierText.objects.filter(message__session=session, at__range=stay).values("message")
    to_them = Q(participant__kind="csr") & (Q(at__range=stay) | Q(pk__in=changed))
    # A file's line is as late as the file was whole, and it has the file's name.
    files = Q(file__sender=customer) | Q(file__receiver=customer)
    lines = session.chat_messages.filter(Q(participant=customer) | to_them | files)
    erased = set(lines.values_list("pk", flat=True))
    lines.delete()
    return erased


def _erase_survey(customer: Participant) -> None:
    """The customer's own words; what was rated and chosen stays, without a name."""
    SurveyAnswer.objects.filter(participant=customer).update(remark="")
    words = SurveyReply.objects.filter(question__kind=SurveyQuestion.Kind.TEXT)
    words.filter(answer__participant=customer).delete()


def _erase_case(session: SupportSession) -> None:
    """All notes, since some may have been written before they came, and what the session is tracked by."""
    session.notes.all().delete()
    session.tracking.all().delete()


def _erase_files(session: SupportSession, customer: Participant) -> set[int]:
    """Delete the files that the customer sent or received, with their names; returns the keys of their rows."""
    transfers = session.file_transfers.filter(Q(sender=customer) | Q(receiver=customer))
    for transfer in transfers:
        delete_file(transfer)
        transfer.name = transfer.digest = ""
        transfer.save(update_fields=["name", "digest"])
    return {transfer.pk for transfer in transfers}


def _erase_recordings(session: SupportSession, customer: Participant) -> None:
    """Delete every recording that ran while the customer was there, whole: they cannot be cut out of it."""
    until = customer.left_at or session.ended_at
    during = session.recordings.filter(started_at__lte=until)
    for recording in during.filter(Q(ended_at=None) | Q(ended_at__gte=customer.joined_at)):
        delete_recording(recording)


def _told_of_files(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts about files in an event: about one file, about that of a chat message, or about all of an offer."""
    said = data.get("file")
    return [*data.get("files", []), *([said] if isinstance(said, dict) else [data] if said else [])]


def _erase_in_log(session: SupportSession, customer: Participant, messages: set[int], files: set[int]) -> None:
    def forget(event: Event) -> bool:
        before, data = deepcopy(event.data), event.data
        if "name" in data and data.get("participant") == customer.pk:
            data["name"] = ""
        if event.type == "participant.checked" and data["participant"] == customer.pk:
            data["device"] = {}
        for facts in _told_of_files(data):
            if facts["file"] in files:
                facts.update({fact: "" for fact in ("name", "digest") if fact in facts})
        if event.type == "consent.explained" and data["customer"] == customer.pk:
            data["reason"] = ""
        if event.type == "join.refused" and data["name"] == customer.name:
            data["name"] = ""
        if "text" in data and data.get("message") in messages:
            data["text"] = ""
        if "reaction" in data and (data["participant"] == customer.pk or data["message"] in messages):
            data["reaction"] = ""
        return data != before

    rewrite(session.stream, forget)
    forget_actors([customer.event_key])
    forget_streams([lobby_stream(customer)])
