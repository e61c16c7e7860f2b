"""What the page of a session's record reads (E42): each kind of thing once, however much of it there is."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from sessions_app.models import Consent
from sessions_app.queries.recordings import recordings
from sessions_app.queries.roles_held import TOLD_BY, Held, roles_held
from sessions_app.queries.sentences import SMALL
from sessions_app.queries.timeline import Teller
from sessions_app.rules.briefing_hooks import briefings_of
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import history

EVENTS_SHOWN, LINES_SHOWN = 100, 200
# With "Show everything"; what is longer still is for the database's own tools.
MOST = 10_000


@dataclass(frozen=True)
class Record:
    """A session as it was. `cut` says that there is more than is shown."""

    session: object
    people: list
    timeline: list
    conversations: list
    files: list
    recordings: list
    consents: list
    briefings: list
    cut: bool
    everything: bool
    chat_is_over: bool

    @property
    def customers(self):
        return [one for one in self.people if one.is_customer]

    @property
    def answered(self):
        """Customers who said afterwards how it was (E41)."""
        return [one for one in self.customers if hasattr(one, "survey_answer")]


def record_of(session, *, everything=False):
    """`session` comes with its participants read, survey and all (`views.record`)."""
    people = sorted(session.participants.all(), key=lambda one: (one.joined_at, one.pk))
    known = {one.pk: one for one in people}
    for one in people:
        one.session = session
    _give_roles(people, session)
    most_events, most_lines = (MOST, MOST) if everything else (EVENTS_SHOWN, LINES_SHOWN)
    events = history(session.stream, without=() if everything else SMALL, limit=most_events + 1)
    messages = list(session.chat_messages.order_by("pk")[: most_lines + 1])
    teller = Teller(people)
    return Record(
        session=session,
        people=people,
        timeline=[teller.line(event) for event in events[:most_events]],
        conversations=_conversations(messages[:most_lines], known),
        files=_with_people(session.file_transfers.order_by("pk"), known, "sender", "receiver"),
        recordings=recordings(session),
        consents=_with_people(_consents(session), known, "customer", "csr"),
        briefings=briefings_of(session),
        cut=len(events) > most_events or len(messages) > most_lines,
        everything=everything,
        chat_is_over=_is_past(session, SitePolicy.current().chat_days),
    )


def _give_roles(people, session):
    """Each with `roles`, the last until the end of their presence; who is alone with a role has it from the start."""
    held = roles_held(history(session.stream, only=TOLD_BY, limit=MOST))
    for one in people:
        one.roles = held.get(one.pk) or [Held(one.role, one.joined_at)]
        one.roles[-1].until = one.left_at


def _conversations(messages, known):
    _with_people(messages, known, "participant")
    return [list(lines) for _number, lines in groupby(messages, key=lambda line: line.conversation)]


def _consents(session):
    return Consent.objects.filter(session=session).select_related("activity")


def _with_people(rows, known, *roles):
    """The rows with the people they name, who have been read already."""
    rows = list(rows)
    for row in rows:
        for role in roles:
            setattr(row, role, known[getattr(row, f"{role}_id")])
    return rows


def _is_past(session, days):
    return bool(days) and not session.is_open and session.ended_at < clock.now() - timedelta(days=days)
