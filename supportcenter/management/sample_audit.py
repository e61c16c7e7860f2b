"""Two weeks of the audit log to look at; part of `seed_demo --past`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.audit.kinds import topic_of
from supportcenter.audit.models import Entry

DAYS = 14
STRANGER = "203.0.113.80"
# What an admin did once: how many days ago, and when.
DECISIONS: list[tuple[int, timedelta, dict[str, Any]]] = [
    (
        9,
        timedelta(hours=11, minutes=20),
        {
            "what": "policy_changed",
            "facts": {"model": "accounts.sitepolicy"},
            "changes": [
                {"model": "accounts.sitepolicy", "field": "max_customers", "before": 3, "after": 5},
                {"model": "accounts.sitepolicy", "field": "recording", "before": "off", "after": "allowed"},
            ],
        },
    ),
    (
        6,
        timedelta(hours=9, minutes=41),
        {
            "what": "rights_changed",
            "account": "amal",
            "changes": [{"model": "accounts.csrprivileges", "field": "multi_session", "before": False, "after": True}],
        },
    ),
]


def write_sample_entries() -> None:
    """Nothing on a site whose log is older than a day."""
    now = clock.now()
    if Entry.objects.filter(at__lt=now - timedelta(days=1)).exists():
        return
    keys = dict(User.objects.values_list("username", "pk"))
    entries = list(_entries(now.replace(hour=0, minute=0, second=0, microsecond=0), keys))
    Entry.objects.bulk_create(sorted(entries, key=lambda entry: entry.at))


def _entries(today: datetime, keys: dict[str, int]) -> Iterator[Entry]:
    for ago in range(1, DAYS + 1):
        day = today - timedelta(days=ago)
        for place, username in enumerate(("amal", "bilal", "dana")):
            who: dict[str, Any] = {
                "account": username,
                "account_key": keys.get(username),
                "address": f"192.0.2.{10 + place}",
            }
            yield _entry("signed_in", day + timedelta(hours=8, minutes=7 * place + ago), **who)
            yield _entry("signed_out", day + timedelta(hours=16, minutes=9 * place + ago), **who)
        if ago % 5 == 0:
            yield _entry("backup_made", day + timedelta(hours=2))
    for attempt in range(4):
        at = today - timedelta(days=3) + timedelta(hours=3, seconds=11 * attempt)
        yield _entry("sign_in_failed", at, is_warning=True, account="admin", address=STRANGER)
    for ago, time, facts in DECISIONS:
        key = keys.get(facts.get("account", ""))
        by: dict[str, Any] = {"by": "dana", "by_key": keys.get("dana"), "address": "192.0.2.12", "account_key": key}
        yield _entry(at=today - timedelta(days=ago) + time, **by, **facts)


def _entry(what: str, at: datetime, **more: Any) -> Entry:
    return Entry(what=what, at=at, topic=topic_of(what), **more)
