"""What staff see beside each customer of a session that is over: where the conversation went, and the form (E67)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sessions_app.forms.after import TranscriptForm
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.transcripts_sent import SentOut, sent_out


class RefusedTranscript(NamedTuple):
    """What came in and was refused, and whose it was."""

    customer: int
    form: TranscriptForm


@dataclass(frozen=True)
class TranscriptRow:
    customer: Participant
    sent: SentOut
    # None to who may not send it.
    form: TranscriptForm | None


def transcript_rows(
    people: Iterable[Participant],
    session: SupportSession,
    *,
    may_send: bool,
    refused: RefusedTranscript | None = None,
) -> list[TranscriptRow]:
    """Of the customers who have something to show."""
    known = {one.pk: one for one in people}
    rows = []
    for pk, sent in sent_out(known.values(), session, may_send=may_send).items():
        form = None
        if sent.may_send:
            form = TranscriptForm(customer=pk, initial={"email": sent.address})
            if refused and refused.customer == pk:
                form = refused.form
        if form or sent.mails:
            rows.append(TranscriptRow(known[pk], sent, form))
    return rows
