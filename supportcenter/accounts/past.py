"""Which accounts have a past: what happened names them, so they are disabled and not deleted (E68)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import PROTECT, SET_NULL, QuerySet
from django.dispatch import Signal

from supportcenter.accounts.models import User

# Sent with `person`: each listener returns whether what happened names a row of its own that goes with the account.
past_elsewhere = Signal()


def has_past(person: User) -> bool:
    """Whether the person ever signed in, is named by what others keep, or is in the log of the administration."""
    if person.last_login is not None or any(rows.exists() for rows in _rows_that_stay(person)):
        return True
    return any(answer for _listener, answer in past_elsewhere.send(User, person=person))


def _rows_that_stay(person: User) -> Iterator[QuerySet[Any]]:
    """Of every table that names people, unless its rows are the person's own and go with the account."""
    yield LogEntry.objects.filter(user=person)
    for relation in User._meta.related_objects:
        model = relation.related_model
        if getattr(relation, "on_delete", None) in {PROTECT, SET_NULL} and not isinstance(model, str):
            yield model._base_manager.filter(**{relation.field.name: person})
