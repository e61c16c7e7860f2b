"""Claim one due job in a single statement, so that of several workers exactly one gets it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db import connection, transaction

from supportcenter.jobs.models import Job

# A job whose process died can be claimed again after this. No handler of the fast queue takes so long. A slow job
# may, and its lease is renewed while its process lives (workers/lease.py): mail in hand then need not wait for long.
LEASE, SLOW_LEASE = timedelta(minutes=2), timedelta(minutes=1)

CLAIM = """
    UPDATE {table} SET lease_until = CASE WHEN slow THEN %s ELSE %s END, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM {table}
        WHERE failed_at IS NULL AND due <= %s AND (lease_until IS NULL OR lease_until <= %s) {narrower}
        ORDER BY due, id LIMIT 1 {skip_locked}
    )
    RETURNING *
"""


def claim(
    now: datetime,
    *,
    pk: int | None = None,
    slow: bool | None = None,
    kinds: Collection[str] = (),
    but: Collection[str] = (),
) -> Job | None:
    """Lease and return the job that has been due longest, or None: of one queue with `slow`, or just that with `pk`.

    With `kinds` only one of these, with `but` none of those.
    """
    wanted = {"id": pk, "slow": slow}
    given = [(column, value) for column, value in wanted.items() if value is not None]
    narrower: dict[str, list[Any]] = {f"{column} = %s": [value] for column, value in given}
    for words, names in (("kind IN", kinds), ("kind NOT IN", but)):
        if names:
            narrower[f"{words} ({', '.join(['%s'] * len(names))})"] = [*names]
    sql = CLAIM.format(
        table=connection.ops.quote_name(Job._meta.db_table),
        narrower=" ".join(f"AND {each}" for each in narrower),
        skip_locked="FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else "",
    )
    times = [connection.ops.adapt_datetimefield_value(at) for at in (now + SLOW_LEASE, now + LEASE, now, now)]
    with transaction.atomic():
        return next(iter(list(Job.objects.raw(sql, [*times, *chain(*narrower.values())]))), None)


def take_over_leases() -> None:
    """Free all claimed jobs. For a process that knows it is the only one to run jobs: those that held them are dead."""
    Job.objects.pending().exclude(lease_until=None).update(lease_until=None)
