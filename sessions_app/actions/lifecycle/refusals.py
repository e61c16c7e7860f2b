"""Tell the primary of joins that were refused for want of room (E31): of the first at once, of more together.

A stranger can be refused as often as they like, under any name. So within a minute after one is told, further ones are
counted, and then told in one event, by their number alone.
"""

from datetime import timedelta

from django.db import transaction

from sessions_app import events
from sessions_app.errors import NoRoom
from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record

TELL_EVERY = timedelta(minutes=1)


@transaction.atomic
def note_refused_join(session: SupportSession, name: str) -> None:
    """Tell the primary that this customer could not join, or count it with those who are told of together."""
    session = session.locked()
    told_at, untold = session.refusals_told_at, session.refusals_untold + 1
    if told_at is None or told_at + TELL_EVERY <= clock.now():
        _tell(session, name if untold == 1 else "", untold)
        return
    if untold == 1:
        run_later("sessions.tell_refusals", due=told_at + TELL_EVERY, session=session.pk)
    session.note_refusals(untold, told=False)


@transaction.atomic
def tell_refusals(session: SupportSession) -> None:
    """Tell of those that were counted since; nothing, if they have been told of."""
    session = session.locked()
    if session.is_open and session.refusals_untold:
        _tell(session, "", session.refusals_untold)


def _tell(session: SupportSession, name: str, count: int) -> None:
    session.note_refusals(0, told=True)
    record(session.stream, events.join_refused(name, NoRoom.code, count))
