"""In which ways the site hands out conversations, and how often (E67)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings

from sessions_app.errors import NothingWasSaid, TooManyTranscripts
from sessions_app.models import Participant, TranscriptMail
from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import Refused

Transcripts = SitePolicy.Transcripts
# Mails of one customer, by themselves and by representatives, and of all customers of a session: who leaves may come
# back.
MOST_A_CUSTOMER, MOST_A_SESSION = 5, 30
# Of those, the ones that a customer sends themselves.
MOST_BY_CUSTOMER = 3
# Of one representative, in all their sessions.
MOST_AN_HOUR = 30


def has_transcripts(policy: SitePolicy) -> bool:
    return policy.transcripts != Transcripts.OFF


def mails_transcripts(policy: SitePolicy) -> bool:
    return policy.transcripts == Transcripts.FILE_AND_MAIL and settings.MAIL_IS_SET_UP


def mails_of(customer: Participant, mails: Iterable[TranscriptMail]) -> list[TranscriptMail]:
    """Those of this customer among the mails of their session."""
    return [mail for mail in mails if mail.participant_id == customer.pk]


def why_not_mailed(
    customer: Participant, of_session: Sequence[TranscriptMail], *, has_lines: bool, by_customer: bool
) -> type[Refused] | None:
    """Why the conversation is not mailed once more, if it is not; with what was mailed `of_session` so far.

    What a page offers and what an action refuses are this one rule. How many a representative sends in an hour is not
    in it: that is said on sending.
    """
    if not has_lines:
        return NothingWasSaid
    mine = mails_of(customer, of_session)
    asked_for = sum(mail.sent_by_id is None for mail in mine)
    is_full = len(mine) >= MOST_A_CUSTOMER or len(of_session) >= MOST_A_SESSION
    return TooManyTranscripts if is_full or (by_customer and asked_for >= MOST_BY_CUSTOMER) else None
