"""Each line of the security log becomes an entry of the audit log (E73).

In a transaction the entry is part of it, so there is neither a change without its entry nor an entry of a change that
was taken back. Outside of one nothing is to be taken back: a database that is full or away must not turn a refusal or
a page into an error, and the line in the log stands in any case.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from django.db import Error, connection, transaction
from django.dispatch import receiver

from supportcenter import clock, metrics, trace
from supportcenter.accounts.models import User
from supportcenter.acting import acting_address
from supportcenter.audit.kinds import topic_of
from supportcenter.audit.models import LONGEST_ABOUT, LONGEST_ADDRESS, LONGEST_NAME, Entry
from supportcenter.facts import LONGEST_VALUE, Fact
from supportcenter.kept_sql import insert
from supportcenter.live.sockets.db import db_soon
from supportcenter.security_log import Change, many_noted, noted

# What has a column of its own, and what the changes say better.
COLUMNS, SAID_BY_CHANGES = {"address", "account", "by", "about"}, {"changed"}
# Entries of one statement; each names two accounts at most.
AT_ONCE = 400


@receiver(noted)
def keep(what: str, facts: Mapping[str, Fact], changes: Sequence[Change], is_warning: bool, **_more: Any) -> None:
    entry = _entry(what, facts, changes, is_warning)
    if _is_in_event_loop():
        db_soon(_keep_apart, entry)
    elif is_warning or not connection.in_atomic_block:
        _keep_apart(entry)
    else:
        _insert(entry)


@receiver(many_noted)
def keep_many(what: str, each: Sequence[Mapping[str, Fact]], changes: Sequence[Sequence[Change]], **_more: Any) -> None:
    told = list(zip_longest(each, changes, fillvalue=()))
    for start in range(0, len(told), AT_ONCE):
        entries = [_entry(what, dict(facts), of_it, is_warning=False) for facts, of_it in told[start : start + AT_ONCE]]
        _find_accounts(entries)
        Entry.objects.bulk_create(entries)


def _keep_apart(entry: Entry) -> None:
    if connection.in_atomic_block and connection.needs_rollback:
        return
    try:
        with transaction.atomic():
            _insert(entry)
    except Error:
        metrics.count("audit_entries_lost")


def _insert(entry: Entry) -> None:
    _find_accounts([entry])
    insert(entry)


def _find_accounts(entries: Sequence[Entry]) -> None:
    names = {name for entry in entries for name in (entry.account, entry.by) if name}
    keys = dict(User.objects.filter(username__in=names).values_list("username", "pk")) if names else {}
    for entry in entries:
        entry.account_key, entry.by_key = keys.get(entry.account), keys.get(entry.by)


def _entry(what: str, facts: Mapping[str, Fact], changes: Sequence[Change], is_warning: bool) -> Entry:
    known = {name: _bounded(value) for name, value in facts.items() if value is not None}
    left_out = COLUMNS | (SAID_BY_CHANGES if changes else set())
    others = {name: value for name, value in known.items() if name not in left_out}
    return Entry(
        # Without a query, which the event loop may not send, and a database that is away does not answer.
        at=clock.estimate(),
        topic=topic_of(what),
        what=what,
        is_warning=is_warning,
        address=str(known.get("address") or acting_address())[:LONGEST_ADDRESS],
        account=str(known.get("account", ""))[:LONGEST_NAME],
        by=str(known.get("by", ""))[:LONGEST_NAME],
        about=str(known["about"])[:LONGEST_ABOUT] if "about" in known else None,
        facts=others | trace.current(),
        changes=list(_plain(changes)),
    )


def _plain(changes: Iterable[Change]) -> Iterable[dict[str, Any]]:
    for one in changes:
        said = {"before": one.before, "after": one.after} if one.is_said else {}
        yield {"model": one.model, "field": one.field, **said}


def _bounded(value: str | int) -> str | int:
    """No database takes a null byte or half a character, which a stranger may have typed."""
    if not isinstance(value, str):
        return value
    return value[:LONGEST_VALUE].replace("\0", "").encode(errors="replace").decode()


def _is_in_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
