"""What sessions do about news from elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from sessions_app.actions.presence.presence import drop_account
from sessions_app.rules.streams import MONITORING, MONITORING_OF_LEADS
from supportcenter.accounts.models import User
from supportcenter.accounts.rights import rights_changed, team_changed
from supportcenter.live.delivery import transport
from supportcenter.live.log.eventlog import event_recorded
from supportcenter.live.models import Event

# What the events are about that change a session's row there: not what is said, sent or allowed.
SEEN_IN_MONITORING = {"session", "number", "participant", "control", "activity"}


@receiver(rights_changed)
def on_rights_changed(user: User, **_more: Any) -> None:
    if not user.is_csr:
        drop_account(user)


@receiver(team_changed)
def on_team_changed(leads: Iterable[User], **_more: Any) -> None:
    """A lead's list of open sessions has others in it now."""
    for lead in leads:
        transport.send_signal(MONITORING_OF_LEADS, lead.event_key, "sessions.changed", {}, None)


@receiver(event_recorded)
def session_changed(event: Event, **_more: Any) -> None:
    """Pages that show all sessions are told which one has changed, and how: they read its row again."""
    if event.stream_name.startswith("session.") and event.type.partition(".")[0] in SEEN_IN_MONITORING:
        changed = {"session": event.stream_name.removeprefix("session."), "event": event.type}
        transport.send_signal(MONITORING, None, "sessions.changed", changed, None)
        transport.send_signal(MONITORING_OF_LEADS, None, "sessions.changed", {}, None)
