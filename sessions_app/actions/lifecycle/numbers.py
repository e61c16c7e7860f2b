"""The number by which customers find a session: a free one, and another one for the same session (E37, E49)."""

from datetime import datetime, timedelta

from sessions_app import events
from sessions_app.errors import NoNumberFree
from sessions_app.models import Participant, RetiredNumber, SupportSession
from sessions_app.models.session_numbers import draw_number
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record

DRAWS = 20


def free_number(policy: SitePolicy) -> str:
    """A number that no session has had for ⟨90 days⟩ (E37). Raises NoNumberFree."""
    since = clock.now() - timedelta(days=policy.number_reuse_days)
    for _draw in range(DRAWS):
        number = draw_number()
        if not _is_taken(number, since):
            return number
    raise NoNumberFree


def renew_number(session: SupportSession, *, by: Participant) -> None:
    """Give the locked session another number and join link; both earlier ones stop working. Raises NoNumberFree."""
    former = session.number
    RetiredNumber.objects.create(number=former, used_at=clock.now())
    session.give_number(free_number(SitePolicy.current()))
    record(session.stream, events.number_renewed(session, former), by=by)


def _is_taken(number: str, since: datetime) -> bool:
    used = SupportSession.objects.filter(number=number)
    retired = RetiredNumber.objects.filter(number=number, used_at__gte=since)
    return (used.open() | used.filter(started_at__gte=since)).exists() or retired.exists()
