"""What a page needs in order to tell a CSR what is meant for them."""

from typing import Any

from django.db.models import Value
from django.db.models.expressions import Combinable

from sessions_app.models import Participant
from supportcenter.accounts.models import NotificationSettings, User
from supportcenter.live.log.eventlog import position_of


def told_to(user: User, **more: Combinable) -> dict[str, Any]:
    """Where the stream of their person stands, and of what they are told; both of one moment, and `more` with them."""
    rows = User.objects.select_related("notification_settings")
    row: Any = rows.annotate(position=position_of(Value(user.stream)), **more).get(pk=user.pk)
    settings = getattr(row, "notification_settings", None) or NotificationSettings(user=user)
    return {"notifications": settings} | {name: getattr(row, name) for name in ("position", *more)}


def has_a_past(user: User) -> bool:
    """Whether they have been in a session that is over for them. Who has not is shown how to begin."""
    return Participant.objects.filter(user=user, left_at__isnull=False).exists()
