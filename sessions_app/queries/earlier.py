"""The earlier sessions of a customer (E62): with the same email address, or in a browser that they want remembered.

A customer types their address, and it is rarely confirmed: so it is said by what they are the same, and who reads of an
earlier session here may read its record only if they may anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from sessions_app.models import Participant, SupportSession
from sessions_app.models.participant_queryset import ParticipantQuerySet
from sessions_app.rules.permissions import record_is_readable
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.literal import Literal

SHOWN = 10
# Finds that are looked at, of which a session with both the same has two; beyond them there are more, uncounted.
LOOKED_AT = 200
# Seats of a customer among whom it looks for those whose record the reader may read, where others are not told.
SEARCHED = 2_000


# The key of the session, by what the customer is the same, whether its record may be read, and what is confirmed.
Row = tuple[int, str, bool, list[str]]


@dataclass
class Found:
    # Whether this reader may read the session's record.
    is_readable: bool
    ways: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class EarlierSession:
    session: SupportSession
    found: Found

    @property
    def helper(self) -> str:
        """The representative who had it last."""
        primary = self.session.primary
        return (primary or self.session.starter).display_name

    @property
    def reason(self) -> str:
        """What the closing form says; without one, nothing."""
        closing = getattr(self.session, "closing", None)
        return closing.reason.label if closing and closing.reason else ""

    @property
    def same_browser(self) -> bool:
        return "browser" in self.found.ways

    @property
    def same_email(self) -> bool:
        return not self.found.ways.isdisjoint({"email", "confirmed"})

    @property
    def is_confirmed(self) -> bool:
        """Another system has vouched for the address, both times."""
        return "confirmed" in self.found.ways


@dataclass(frozen=True)
class Earlier:
    """The latest first. `more` is how many there are beside these; with `and_more` there are even more."""

    sessions: list[EarlierSession] = field(default_factory=list)
    more: int = 0
    and_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.sessions)


def were_here_before(people: ParticipantQuerySet, reader: User) -> ParticipantQuerySet:
    """Annotate each with `came_before`: whether this reader is told that the customer has been here before."""
    shown = SitePolicy.current().earlier_sessions
    if shown == SitePolicy.Earlier.OFF:
        return people
    # Within the search the person is two queries away.
    refer = OuterRef if shown == SitePolicy.Earlier.ALL else lambda name: OuterRef(OuterRef(name))
    before = _before(refer("session"))
    by_email = _told_to(reader, _of_email(before, Lower(refer("email"))), shown)
    by_browser = _told_to(reader, _of_browser(before, refer("browser_hash")), shown)
    return people.annotate(came_before=Exists(by_email) | Exists(by_browser))


def earlier_sessions(customer: Participant, reader: User) -> Earlier:
    """The latest of them, in three queries, or one where there are none."""
    shown = SitePolicy.current().earlier_sessions
    if shown == SitePolicy.Earlier.OFF or not (customer.email or customer.browser_hash):
        return Earlier()
    rows = list(_rows(customer, reader, shown))
    found = _by_session(rows[:LOOKED_AT], customer)
    keys = list(found)
    if not keys:
        return Earlier()
    full = SupportSession.objects.select_related("primary", "starter", "closing__reason").prefetch_related("tags")
    sessions = full.in_bulk(keys[:SHOWN])
    latest = [EarlierSession(sessions[key], found[key]) for key in keys[:SHOWN] if key in sessions]
    return Earlier(latest, len(keys) - len(latest), and_more=len(rows) > LOOKED_AT)


def _rows(customer: Participant, reader: User, shown: str) -> QuerySet[Participant, Row]:
    """Where this customer was before, and by what they are the same, the latest first; one more than is looked at."""
    before = _before(Value(customer.session_id))
    by_email = _found(_told_to(reader, _of_email(before, Lower(Value(customer.email))), shown), "email", reader)
    by_browser = _found(_told_to(reader, _of_browser(before, Value(customer.browser_hash)), shown), "browser", reader)
    if customer.email and customer.browser_hash:
        rows = by_email.union(by_browser, all=True)
    else:
        rows = by_email if customer.email else by_browser
    return rows.order_by("-session_id")[: LOOKED_AT + 1]


def _before(session: Combinable) -> ParticipantQuerySet:
    """Customers of earlier sessions; who was never let in was in none."""
    return Participant.objects.customers().admitted().filter(session__lt=session).order_by()


def _told_to(reader: User, seats: ParticipantQuerySet, shown: str) -> ParticipantQuerySet:
    """Those of these seats of which the site tells this reader, the mark and the list alike."""
    if shown == SitePolicy.Earlier.ALL:
        return seats
    searched = seats.order_by("-session_id")[:SEARCHED]
    return Participant.objects.filter(record_is_readable(reader), pk__in=searched.values("pk")).order_by()


def _found(people: ParticipantQuerySet, way: str, reader: User) -> QuerySet[Participant, Row]:
    found = people.annotate(way=Literal(way), is_readable=record_is_readable(reader))
    return found.values_list("session_id", "way", "is_readable", "confirmed")


def _by_session(rows: Iterable[Row], customer: Participant) -> dict[int, Found]:
    found: dict[int, Found] = {}
    for key, way, is_readable, confirmed in rows:
        one = found.setdefault(key, Found(bool(is_readable)))
        both = "email" in confirmed and "email" in customer.confirmed
        one.ways.add("confirmed" if way == "email" and both else way)
    return found


def _of_email(people: ParticipantQuerySet, email: Combinable) -> ParticipantQuerySet:
    # As the index has it.
    return people.filter(Exact(Lower("email"), email)).exclude(email=Literal(""))


def _of_browser(people: ParticipantQuerySet, browser: Combinable) -> ParticipantQuerySet:
    return people.filter(browser_hash=browser).exclude(browser_hash=Literal(""))
