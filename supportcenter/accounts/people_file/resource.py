"""How django-import-export goes through a file of people: each row is compared with the account of its username.

It writes nothing. What it finds is shown first (`plan.py`), and then done by the same actions that change one person.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from supportcenter.accounts.errors import HoldsMore
from supportcenter.accounts.models import User
from supportcenter.accounts.people import AT_ONCE, holding_more, why_not
from supportcenter.accounts.people_file.columns import Cell, fields_of_people, title_of, unescaped
from supportcenter.accounts.person_values import changes_between, values_of_all, values_of_new


@dataclass
class Person:
    """An account as it is, and as the row has it. Without `user` it is new."""

    user: User | None
    before: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.values = {**self.before}

    @property
    def pk(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def changes(self) -> dict[str, Any]:
        return changes_between(self.before, self.values, self.before)


class PeopleLoader(BaseInstanceLoader):
    """All accounts that a file names, read at once: capital letters make no other username."""

    def __init__(self, resource: PeopleResource, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        wanted = {key_of(name) for name in (dataset["username"] if dataset is not None and len(dataset) else ())}
        keys = sorted(pk for pk, name in User.objects.values_list("pk", "username") if key_of(name) in wanted)
        self._users: dict[str, User] = {}
        values: dict[int, dict[str, Any]] = {}
        for start in range(0, len(keys), AT_ONCE):
            some = list(resource.rows_of(keys[start : start + AT_ONCE]))
            values |= values_of_all(some)
            self._users |= {key_of(user.username): user for user in some}
        self._values = values
        resource.holding_more = holding_more([*self._users.values()], resource.by)

    def get_instance(self, row: dict[str, str]) -> Person | None:
        user = self._users.get(key_of(row["username"]))
        return Person(user, self._values[user.pk]) if user else None


class PeopleField(Field):
    """A cell of a row, into the values of a person."""

    def save(self, instance: Person, row: dict[str, str], is_m2m: bool = False, **more: Any) -> None:
        text = row[self.column_name]
        if self.attribute == "username" and instance.user:
            return
        if text.strip() or not self.widget.keeps:
            instance.values[self.attribute] = self.widget.clean(text, row)

    def get_value(self, instance: Person, **more: Any) -> Any:
        return instance.values[self.attribute]


class PeopleResource(Resource):
    class Meta:
        model = User
        import_id_fields = ("username",)
        instance_loader_class = PeopleLoader
        use_transactions = False
        skip_diff = report_skipped = store_instance = True

    def __init__(self, by: User, *, lock: bool = False) -> None:
        super().__init__()
        self.by, self.lock = by, lock
        self.holding_more: set[int] = set()
        self._seen: defaultdict[str, int] = defaultdict(int)
        self._new = values_of_new()
        self.fields = {
            name: PeopleField(attribute=name, column_name=name, widget=Cell(name, form_field))
            for name, form_field in fields_of_people().items()
        }

    @property
    def titles(self) -> dict[str, str]:
        return {name: title_of(name, column.widget.field) for name, column in self.fields.items()}

    def rows_of(self, keys: list[int]) -> Any:
        rows = User.objects.filter(pk__in=keys).order_by("pk")
        if self.lock:
            for _locked in rows.select_for_update(no_key=True):
                pass
        return rows.select_related("csr_privileges")

    def init_instance(self, row: Any = None) -> Person:
        return Person(None, self._new)

    def before_import_row(self, row: dict[str, str], **more: Any) -> None:
        name = key_of(row["username"])
        if not name:
            raise ValidationError({"username": gettext("This field is required.")})
        self._seen[name] += 1
        if self._seen[name] > 1:
            raise ValidationError({"username": gettext("Another row has the same username.")})

    def skip_row(self, instance: Person, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return not import_validation_errors and instance.user is not None and not instance.changes

    def validate_instance(self, instance: Person, import_validation_errors: Any = None, **more: Any) -> None:
        """By the rules of a single change, besides what was read wrong."""
        found = dict(import_validation_errors or {})
        if instance.pk in self.holding_more:
            raise ValidationError({"username": str(HoldsMore.message)})
        for name, reason in why_not(instance.user or User(), instance.changes, instance.values, by=self.by):
            found.setdefault(name, str(reason.message))
        if found:
            raise ValidationError(found)

    def save_instance(self, instance: Person, is_create: bool, row: Any, **more: Any) -> None:
        """Nothing is written here."""

    def save_m2m(self, instance: Person, row: Any, **more: Any) -> None:
        """Nothing is written here."""


def key_of(username: str) -> str:
    """As the form of an account reads it; capital letters make no other name."""
    return unicodedata.normalize("NFKC", unescaped(username).strip()).casefold()
