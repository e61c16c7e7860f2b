"""Until when a sign-in holds (E71): the site's two limits, and what of a browser's session they are counted from."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import SESSION_KEY

from supportcenter.accounts.models import SitePolicy

# How exactly activity is noted. Nobody is idle before the whole time, and at most so much later.
STEP = timedelta(minutes=1)
# A cookie is kept no longer by any browser.
LONGEST = timedelta(days=400)
# When the session's person signed in, in seconds; allauth notes beside it when they proved again who they are.
SIGNED_IN_AT = "signed_in_at"


def is_signed_in(data: Mapping[str, Any]) -> bool:
    return SESSION_KEY in data


def proved_at(data: Mapping[str, Any]) -> datetime | None:
    """When the person last proved who they are; None in a session that an earlier release has made."""
    records = [one.get("at", 0) for one in data.get(AUTHENTICATION_METHODS_SESSION_KEY, ())]
    latest = max([*records, data.get(SIGNED_IN_AT, 0)])
    return datetime.fromtimestamp(latest, UTC) if latest else None


def longest_until(data: Mapping[str, Any], policy: SitePolicy) -> datetime | None:
    """When the absolute limit is reached; None without one."""
    since = proved_at(data)
    return since + timedelta(hours=policy.sign_in_hours) if since and policy.sign_in_hours else None


def holds_until(data: Mapping[str, Any], policy: SitePolicy, *, active_at: datetime) -> datetime:
    """When it ends if nothing more happens in it."""
    idle = timedelta(minutes=policy.sign_in_idle_minutes) + STEP if policy.sign_in_idle_minutes else LONGEST
    return min(active_at + idle, longest_until(data, policy) or active_at + LONGEST)
