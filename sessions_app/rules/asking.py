"""How often one person may ask another for the same."""

from datetime import timedelta

from sessions_app.errors import AskedTooOften
from supportcenter import clock
from supportcenter.live.log.eventlog import events_of
from supportcenter.refusals import require

PAUSE = timedelta(seconds=30)


def require_pause(stream: str, kind: str) -> None:
    """Raises AskedTooOften if the stream has an event of this kind that is younger than `PAUSE`."""
    lately = events_of(stream).filter(type=kind, at__gt=clock.now() - PAUSE)
    require(not lately.exists(), AskedTooOften, retry_after=int(PAUSE.total_seconds()))
