"""For staff, beside each customer of a session: where their conversation was sent, and what has become of it (E67)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sessions_app.models import Participant, SupportSession, TranscriptMail
from sessions_app.rules.address_hooks import confirmed_addresses
from sessions_app.rules.permissions import may_have_transcript
from sessions_app.rules.transcripts import MOST_A_CUSTOMER, mails_transcripts
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
    mails: defaultdict[int, list[TranscriptMail]] = defaultdict(list)
    for mail in TranscriptMail.objects.filter(participant__in=customers).select_related("delivery", "sent_by"):
        mails[mail.participant_id].append(mail)
    may_send = may_send and mails_transcripts(SitePolicy.current()) and session.chat_messages.exists()
    known = confirmed_addresses(customers) if may_send else {}
    for one in customers:
        address = known.get(one.pk, one.email)
        may_have = may_send and may_have_transcript(one) and len(mails[one.pk]) < MOST_A_CUSTOMER
        found[one.pk] = SentOut(mails[one.pk], may_have, address, one.pk in known)
    return found
