"""For staff, beside each customer of a session: where their conversation was sent, and what has become of it (E67)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from sessions_app.models import ChatMessage, Participant, SupportSession, TranscriptMail
from sessions_app.rules.address_hooks import confirmed_addresses
from sessions_app.rules.permissions import may_have_transcript
from sessions_app.rules.transcripts import MOST_A_SESSION, mails_of, mails_transcripts, why_not_mailed
from supportcenter.accounts.models import SitePolicy


@dataclass(frozen=True)
class SentOut:
    """What a row shows of one customer."""

    mails: list[TranscriptMail] = field(default_factory=list)
    # Whether the reader may send it, to which address at first, and whether that is known to be the customer's.
    may_send: bool = False
    address: str = ""
    is_confirmed: bool = False


def sent_out(people: Iterable[Participant], session: SupportSession, *, may_send: bool) -> dict[int, SentOut]:
    """By the keys of the customers among them, in three queries, or one where nothing can be sent."""
    customers = [one for one in people if one.is_customer]
    if not customers or session.is_open:
        return {}
    found: dict[int, SentOut] = {}
    mails = mails_in(session)
    may_send = may_send and mails_transcripts(SitePolicy.current())
    known = confirmed_addresses(customers) if may_send else {}
    reading = with_lines(customers) if may_send else set()
    for one in customers:
        refusal = why_not_mailed(one, mails, has_lines=one.pk in reading, by_customer=False)
        may_have = may_send and may_have_transcript(one) and refusal is None
        found[one.pk] = SentOut(mails_of(one, mails), may_have, known.get(one.pk, one.email), one.pk in known)
    return found


def mails_in(session: SupportSession) -> list[TranscriptMail]:
    """All of the session, of whom there are few, each with what has become of it."""
    mails = TranscriptMail.objects.filter(participant__session=session).select_related("delivery", "sent_by")
    return list(mails[: MOST_A_SESSION + 1])


def with_lines(customers: Iterable[Participant]) -> set[int]:
    """The keys of those who could read anything, as `lines_of` has it, in one query."""
    lines = ChatMessage.objects.filter(session=OuterRef("session"), pk__gt=OuterRef("lines_before"))
    lines = lines.filter(at__lte=Coalesce(OuterRef("left_at"), "at"))
    people = Participant.objects.filter(pk__in=[one.pk for one in customers])
    return set(people.filter(Exists(lines.order_by())).values_list("pk", flat=True))
