"""What sessions do about news from elsewhere."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from sessions_app.actions.presence.presence import drop_account
from sessions_app.rules.streams import MONITORING
from supportcenter.accounts.models import User
from supportcenter.live.delivery import transport
from supportcenter.live.log.eventlog import event_recorded
from supportcenter.live.models import Event


@receiver(post_save, sender=User)
def account_saved(instance: User, **_more: Any) -> None:
    if not instance.is_active:
        drop_account(instance)


@receiver(event_recorded)
def session_changed(event: Event, **_more: Any) -> None:
    """Pages that show all sessions are told that there is something new, not what: they read the list again."""
    if event.stream_name.startswith("session."):
        transport.send_signal(MONITORING, None, "sessions.changed", {}, None)
