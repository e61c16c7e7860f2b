"""The conversation goes to its customer by email (E67).

What strangers have typed is in it, so it is sent to no address that was merely typed: to one that is confirmed
(rules/address_hooks.py), or where a representative sends it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from sessions_app import events
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import (
    AddressNotConfirmed,
    NoSuchParticipant,
    NotInSession,
    TranscriptNotMailed,
    TranscriptsTooFast,
    TranscriptTooEarly,
)
from sessions_app.models import Participant, SupportSession, TranscriptMail
from sessions_app.queries.transcript import lines_of
from sessions_app.queries.transcripts_sent import mails_in
from sessions_app.rules.address_hooks import confirmed_addresses
from sessions_app.rules.permissions import may_have_transcript, may_keep_notes
from sessions_app.rules.transcripts import MOST_AN_HOUR, mails_of, mails_transcripts, why_not_mailed
from supportcenter import clock, security_log
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.live.log.eventlog import record
from supportcenter.mail.outbox import forget_details, post
from supportcenter.refusals import require
from supportcenter.refusals.found import found

STAFF_OF_THE_SESSION = gate(may_keep_notes, NotInSession)


@transaction.atomic
def mail_transcript(customer: Participant, *, language: str) -> TranscriptMail:
    """Have their conversation sent to the customer's confirmed address. Again while it is on its way changes nothing.

    Raises TranscriptNotMailed, NotInSession to those who were shown out or erased, TranscriptTooEarly,
    AddressNotConfirmed, NothingWasSaid, TooManyTranscripts.
    """
    require(mails_transcripts(SitePolicy.current()), TranscriptNotMailed)
    session = customer.session.locked()
    customer = session.participants.customers().get(pk=customer.pk)
    customer.session = session
    require_over(customer)
    email = confirmed_addresses([customer]).get(customer.pk, "")
    require(email, AddressNotConfirmed)
    return _post(customer, email=email, language=language, sent_by=None, by=customer)


@session_action(who=STAFF_OF_THE_SESSION, after_end=True, touch=False)
def send_transcript(session: SupportSession, customer: Participant, *, email: str, by: Participant) -> TranscriptMail:
    """Send the customer their conversation, in their language, to an address that the representative answers for.

    Raises NotInSession, TranscriptNotMailed, TranscriptTooEarly, NoSuchParticipant, NothingWasSaid,
    TooManyTranscripts, TranscriptsTooFast.
    """
    require(mails_transcripts(SitePolicy.current()), TranscriptNotMailed)
    require(not session.is_open, TranscriptTooEarly)
    customer = found(session.participants.customers().filter(pk=customer.pk).first(), NoSuchParticipant)
    require(may_have_transcript(customer), NoSuchParticipant)
    customer.session = session
    return _post(customer, email=email, language=customer.language, sent_by=by.account, by=by)


def require_over(customer: Participant) -> None:
    """The customer themselves has it once the session is over for them. Raises NotInSession, TranscriptTooEarly."""
    require(may_have_transcript(customer), NotInSession)
    require(not (customer.session.is_open and customer.is_present), TranscriptTooEarly)


def erase_transcripts(customer: Participant) -> None:
    """The addresses, and what is still on its way is not sent (E44)."""
    mails = customer.transcript_mails.all()
    forget_details(TranscriptMail.KIND, [*mails.values_list("pk", flat=True)])
    mails.update(email="")


def _post(customer: Participant, *, email: str, language: str, sent_by: User | None, by: Participant) -> TranscriptMail:
    sent = mails_in(customer.session)
    for row in mails_of(customer, sent):
        if row.email == email and row.is_on_its_way:
            return row
    refusal = why_not_mailed(customer, sent, has_lines=lines_of(customer).exists(), by_customer=sent_by is None)
    if refusal:
        raise refusal
    # Locked after the session, as a transfer of control locks them; so sends in several sessions are counted in turn.
    require(sent_by is None or _sent_lately(sent_by.locked()) < MOST_AN_HOUR, TranscriptsTooFast)
    row = TranscriptMail.objects.create(participant=customer, email=email, language=language, sent_by=sent_by)
    row.delivery = post(TranscriptMail.KIND, row.pk)
    row.save(update_fields=["delivery"])
    record(customer.session.stream, events.transcript_posted(row), by=by)
    sender = sent_by.username if sent_by else None
    security_log.note("conversation_sent", by=sender, about=customer.session.audit_subject)
    return row


def _sent_lately(sender: User) -> int:
    since = clock.now() - timedelta(hours=1)
    return TranscriptMail.objects.filter(sent_by=sender, at__gt=since)[:MOST_AN_HOUR].count()
