"""What sessions do about news from elsewhere."""

from typing import Any

from django.dispatch import receiver

from sessions_app.actions.presence.presence import drop_account
from sessions_app.rules.streams import MONITORING
from supportcenter.accounts.models import User
from supportcenter.accounts.rights import rights_changed
from supportcenter.live.delivery import transport
from supportcenter.live.log.eventlog import event_recorded
from supportcenter.live.models import Event


@receiver(rights_changed)
def on_rights_changed(user: User, **_more: Any) -> None:
    if not user.is_csr:
        drop_account(user)


@receiver(event_recorded)
def session_changed(event: Event, **_more: Any) -> None:
    """Pages that show all sessions are told that there is something new, not what: they read the list again."""
    if event.stream_name.startswith("session."):
        transport.send_signal(MONITORING, None, "sessions.changed", {}, None)
