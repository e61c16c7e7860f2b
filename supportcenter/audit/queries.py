"""Entries of the audit log as the page and the file list them: latest first, each way by an index of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from ipaddress import ip_address
from itertools import islice
from typing import NamedTuple

from supportcenter.accounts.models import User
from supportcenter.audit.models import Entry, EntryQuerySet
from supportcenter.audit.subjects import subjects_found
from supportcenter.reporting.days import Span

PAGE = 50
# Rows that the file reads at a time: no reading lasts while a slow line is waited for.
AT_ONCE = 500


@dataclass(frozen=True)
class Filters:
    """What narrows the log down; nothing said is all of it."""

    topic: str = ""
    person: str = ""
    # An address, or the number of what an entry is about.
    text: str = ""
    span: Span | None = None


class EntryPage(NamedTuple):
    entries: list[Entry]
    # The `before` of the next page, if there is one.
    older: int | None


def page_of(filters: Filters, *, before: int | None = None) -> EntryPage:
    """With `before`, what comes after the entry of that key; the beginning, if that has been deleted since."""
    last = Entry.objects.filter(pk=before).first() if before else None
    found = _some(ways(filters), last, PAGE + 1)
    return EntryPage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def all_of(filters: Filters) -> Iterator[Entry]:
    every, last = ways(filters), None
    while some := _some(every, last, AT_ONCE):
        yield from some
        last = some[-1]


def ways(filters: Filters) -> list[EntryQuerySet]:
    """Where to look: of several places the latest are merged, since no index has what one of two columns says."""
    rows = Entry.objects.all()
    if filters.span:
        rows = rows.filter(at__gte=filters.span[0], at__lt=filters.span[1])
    if filters.topic:
        rows = rows.filter(topic=filters.topic)
    places = [rows]
    if filters.text:
        places = _about(rows, filters.text)
    if filters.person:
        places = [each for place in places for each in _of_person(place, filters.person)]
    return places


def _about(rows: EntryQuerySet, text: str) -> list[EntryQuerySet]:
    try:
        return [rows.filter(address=str(ip_address(text)))]
    except ValueError:
        return [rows.filter(about=subject) for subject in subjects_found(text)]


def _of_person(rows: EntryQuerySet, username: str) -> list[EntryQuerySet]:
    """What they did and what was done to them, under each name that the account had; of a deleted one, too."""
    key = User.objects.filter(username__iexact=username).values_list("pk", flat=True).first()
    if key is None:
        named = Entry.objects.filter(account=username, account_key__isnull=False).order_by("-at", "-pk")
        key = named.values_list("account_key", flat=True).first()
    if key is None:
        return [rows.filter(account=username)]
    return [rows.filter(account_key=key), rows.filter(by_key=key)]


def _some(places: list[EntryQuerySet], last: Entry | None, most: int) -> list[Entry]:
    """The latest after `last`, each once."""
    if last:
        places = [place.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk) for place in places]
    read = [list(place.order_by("-at", "-pk")[:most]) for place in places]
    merged = merge(*read, key=lambda entry: (entry.at, entry.pk), reverse=True)
    return list(islice({entry.pk: entry for entry in merged}.values(), most))
