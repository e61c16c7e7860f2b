"""What a file of people would do: whom it adds, what it changes, and which rows are wrong. Nothing here writes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from import_export.results import RowResult
from tablib import Dataset

from supportcenter.accounts.models import PeopleFile, User
from supportcenter.accounts.people_file.resource import PeopleResource, Person
from supportcenter.text.addresses import deliverable


@dataclass(frozen=True)
class Planned:
    number: int
    person: Person

    @property
    def values(self) -> dict[str, Any]:
        return self.person.values


@dataclass(frozen=True)
class Wrong:
    number: int
    sentences: list[str]


@dataclass
class Plan:
    added: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    unchanged: list[Planned] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        return bool(self.added or self.changed)

    @property
    def to_be_mailed(self) -> int:
        """How many of those who are added could get a link to choose a password."""
        return sum(may_be_mailed(each) for each in self.added)

    @property
    def digest(self) -> str:
        """The same for what is the same: it tells whether something has changed since it was shown."""
        added = [[each.number, each.values] for each in self.added]
        changed = [[each.number, each.person.pk, each.person.before, each.values] for each in self.changed]
        rest = [[each.number for each in rows] for rows in (self.unchanged, self.wrong)]
        return hashlib.sha256(json.dumps([added, changed, rest], sort_keys=True).encode()).hexdigest()


def may_be_mailed(row: Planned) -> bool:
    return bool(row.values["is_active"] and deliverable(row.values["email"]))


def plan_for(file: PeopleFile, *, by: User, lock: bool = False) -> tuple[Plan, PeopleResource]:
    """With `lock`, the accounts that the file names stay as they are until the transaction ends."""
    numbers = [number for number, _cells in file.rows]
    dataset = Dataset(*(cells for _number, cells in file.rows), headers=file.columns)
    resource = PeopleResource(by, lock=lock)
    result = resource.import_data(dataset)
    for error in [*result.base_errors, *(each for row in result.rows for each in row.errors)]:
        raise error.error
    plan = Plan()
    kinds = {
        RowResult.IMPORT_TYPE_NEW: plan.added,
        RowResult.IMPORT_TYPE_UPDATE: plan.changed,
        RowResult.IMPORT_TYPE_SKIP: plan.unchanged,
    }
    for number, row in zip(numbers, result.rows, strict=True):
        if row.validation_error:
            plan.wrong.append(Wrong(number, _sentences(row.validation_error, resource)))
        else:
            kinds[row.import_type].append(Planned(number, row.instance))
    return plan, resource


def _sentences(error: ValidationError, resource: PeopleResource) -> list[str]:
    said, titles = [], resource.titles
    for name, messages in error.message_dict.items():
        said.append(f"{titles.get(name, name)}: {' '.join(messages)}")
    return said
