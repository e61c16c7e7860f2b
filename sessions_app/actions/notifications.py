"""What a CSR decides about notifications."""

from collections.abc import Collection

from django.db import transaction

from sessions_app import events
from sessions_app.errors import NotACsr
from supportcenter.accounts.models import NotificationSettings, User
from supportcenter.accounts.quiet_hours import QuietHours
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@transaction.atomic
def choose_notifications(
    *, silent: Collection[str], unshown: Collection[str], quiet_hours: QuietHours | None, by: User
) -> None:
    """Keep which kinds make no sound, of which none appears, and when it is quiet. Their open pages go by it at once.

    Raises NotACsr.
    """
    by = by.locked()
    require(by.is_csr, NotACsr)
    begins, ends, zone = quiet_hours or (None, None, "")
    kinds = {"silent": sorted(silent), "unshown": sorted(unshown)}
    quiet = {"quiet_from": begins, "quiet_until": ends, "time_zone": zone}
    NotificationSettings.objects.update_or_create(user=by, defaults={**kinds, **quiet})
    record(by.stream, events.notifications_changed(), by=by)
