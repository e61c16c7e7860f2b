"""The name of a time zone, as somebody or their browser writes it."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# In the same folder as the zones, and none of them: what a machine has before it is set up, and what it is set to.
NO_ZONES = {"Factory", "localtime", "posixrules"}


@cache
def time_zones() -> frozenset[str]:
    """Their names: read once from the disk."""
    return frozenset(name for name in available_timezones() - NO_ZONES if not name.startswith(("posix/", "right/")))


def known_time_zone(name: str) -> None:
    """Raises ValidationError."""
    if name not in time_zones():
        raise ValidationError(_("There is no time zone with this name."))
