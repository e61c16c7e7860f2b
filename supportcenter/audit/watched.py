"""What admins set up, watched for changes: each is an entry with what was before and after (E73).

Apps say which of their models are settings. A change that sends no signal (SQL, `QuerySet.update`) is none of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.db.models.fields.files import FileField
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from supportcenter import security_log
from supportcenter.acting import acting_user
from supportcenter.json_types import Json
from supportcenter.security_log import Change

# Characters of one value, entries of one list, fields of one entry.
LONGEST, MOST, MOST_FIELDS = 200, 50, 80
AS_IT_IS, LIST = (bool, int, float, type(None)), (list, tuple, set, frozenset)

_watched: dict[type[Model], dict[str, Field[Any, Any]]] = {}


def watch_changes(model: type[Model], *, is_one_row: bool = False, of: str = "") -> None:
    """Note who changes a row of it: what can be edited, and of what a form cannot show only that it has changed.

    A row that there is one of makes itself, with the defaults. `of` names what its rows belong to.
    """
    editable = [field for field in model._meta.concrete_fields if field.editable or field.is_relation]
    _watched[model] = {field.name: field for field in editable if not field.primary_key}
    unsaid = {field.name for field in editable if not field.editable or isinstance(field, FileField)}

    def remember(instance: Model, update_fields: Iterable[str] | None = None, raw: bool = False, **_: Any) -> None:
        concerned = not raw and (update_fields is None or not _watched[model].keys().isdisjoint(update_fields))
        rows = model._base_manager.filter(pk=instance.pk)
        instance.settings_before = rows.first() if concerned and instance.pk else None  # type: ignore[attr-defined]

    def note_saved(instance: Model, created: bool, raw: bool = False, **_: Any) -> None:
        before = getattr(instance, "settings_before", None)
        if created and not raw and not is_one_row:
            _note("settings_added", instance, of=of)
        elif before and (changes := list(_changes(before, instance, unsaid))):
            _note("policy_changed" if is_one_row else "settings_changed", instance, changes, of=of)

    def note_deleted(instance: Model, **_: Any) -> None:
        _note("settings_removed", instance, of=of)

    name = model._meta.label
    pre_save.connect(remember, sender=model, weak=False, dispatch_uid=f"audit.before.{name}")
    post_save.connect(note_saved, sender=model, weak=False, dispatch_uid=f"audit.saved.{name}")
    post_delete.connect(note_deleted, sender=model, weak=False, dispatch_uid=f"audit.deleted.{name}")


def watch_relation(model: type[Model], field: str, *, what: str = "settings_changed") -> None:
    """Note who changes which rows a row of it has, such as the managers of a queue."""

    def follow(instance: Model, action: str, reverse: bool, **_: Any) -> None:
        if reverse or not isinstance(instance, model):
            return
        moment, _slash, verb = action.partition("_")
        names = sorted(str(one)[:LONGEST] for one in getattr(instance, field).all()[:MOST])
        known = vars(instance).setdefault("relations_before", {})
        if moment == "pre":
            known[field, verb] = names
        elif (before := known.pop((field, verb), names)) != names:
            change = Change(model._meta.label_lower, field, before, names)
            if what == "settings_changed":
                _note(what, instance, [change])
            else:
                security_log.note(what, [change], account=str(instance), by=_by(), changed=_in_words([change]))

    through = getattr(model, field).through
    m2m_changed.connect(follow, sender=through, weak=False, dispatch_uid=f"audit.related.{model._meta.label}.{field}")


def is_watched(model: type[Model]) -> bool:
    return model in _watched


def _note(what: str, instance: Model, changes: Sequence[Change] = (), *, of: str = "") -> None:
    name = f"{getattr(instance, of)}: {instance}" if of else str(instance)
    security_log.note(
        what,
        changes,
        by=_by(),
        model=instance._meta.label_lower,
        object=name if what != "policy_changed" else None,
        changed=_in_words(changes) if changes else None,
    )


def _by() -> str | None:
    user = acting_user()
    return user.username if user else None


def _changes(before: Model, after: Model, unsaid: set[str]) -> Iterator[Change]:
    model = type(after)._meta.label_lower
    for name, field in list(_watched[type(after)].items())[:MOST_FIELDS]:
        if getattr(before, field.attname) == getattr(after, field.attname):
            continue
        if name in unsaid:
            yield Change(model, name, is_said=False)
        else:
            yield Change(model, name, _value(before, field), _value(after, field))


def _value(row: Model, field: Field[Any, Any]) -> Json:
    value = getattr(row, field.name if isinstance(field, ForeignKey) else field.attname)
    if isinstance(value, AS_IT_IS):
        return value
    if isinstance(value, LIST):
        return sorted(str(one)[:LONGEST] for one in value)[:MOST]
    return str(value)[:LONGEST]


def _in_words(changes: Sequence[Change]) -> str:
    return ", ".join(f"{one.field}: {one.before} -> {one.after}" if one.is_said else one.field for one in changes)
