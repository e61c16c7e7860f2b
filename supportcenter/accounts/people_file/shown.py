"""The rows of a plan as its page shows them: the first of each kind, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from supportcenter.accounts.people_file.plan import Plan, Planned, Wrong
from supportcenter.accounts.people_file.resource import PeopleResource

# Rows of a kind on the page; wrong ones are read one by one.
MOST, MOST_WRONG = 100, 500


@dataclass(frozen=True)
class ShownRow:
    number: int
    username: str
    # What each is about, before and after; of somebody new only after.
    cells: list[tuple[str, str, str]]


@dataclass(frozen=True)
class ShownRows:
    wrong: list[Wrong]
    added: list[ShownRow]
    changed: list[ShownRow]
    unchanged: list[ShownRow]
    more_wrong: int
    more_added: int
    more_changed: int
    more_unchanged: int


def shown_rows(plan: Plan, resource: PeopleResource) -> ShownRows:
    kinds = (plan.added, plan.changed, plan.unchanged)
    added, changed, unchanged = ([_row(each, resource) for each in rows[:MOST]] for rows in kinds)
    more = [max(0, len(rows) - MOST) for rows in kinds]
    return ShownRows(plan.wrong[:MOST_WRONG], added, changed, unchanged, max(0, len(plan.wrong) - MOST_WRONG), *more)


def _row(row: Planned, resource: PeopleResource) -> ShownRow:
    changes = row.person.changes
    cells = [
        (title, _text(resource, name, row.person.before[name]), _text(resource, name, row.values[name]))
        for name, title in resource.titles.items()
        if name in changes and name != "username"
    ]
    return ShownRow(row.number, row.values["username"], cells)


def _text(resource: PeopleResource, name: str, value: Any) -> str:
    shown = resource.fields[name].widget.render(value)
    return "–" if shown in {None, ""} else str(shown)
