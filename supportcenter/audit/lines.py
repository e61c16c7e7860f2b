"""Entries of the audit log as people read them: a sentence, what was before and after, and the other facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.template.defaultfilters import capfirst
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.capability_field import CapabilitiesField
from supportcenter.audit.kinds import KINDS, Kind, Topic
from supportcenter.audit.models import Entry
from supportcenter.audit.subjects import Named, named_subjects
from supportcenter.json_types import Json
from supportcenter.text.directions import apart as isolated

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What stands in a sentence, or beside it, is not told again.
IN_SENTENCES = {"model", "object", "key", "report", "entries"}
FACTS: dict[str, StrOrPromise] = {
    "why": _("Reason code"),
    "changed": _("Changes"),
    "page": _("Page"),
    "kind": _("Kind of error"),
    "host": _("Host"),
    "bytes": _("Bytes"),
    "email": _("Email address"),
    "viewer": _("Page’s key"),
    "left_out": _("Similar entries left out before"),
    "request_id": _("Request number in the log"),
    "job": _("Job"),
    "release": _("Release"),
    "made_at": _("Made"),
    "file": _("File number"),
    "recording": _("Recording number"),
    "ending": _("Saved as"),
    "before": _("Older than"),
    "factor": _("Kind of second factor"),
    "left": _("Codes left"),
    "count": _("How many"),
    "sign_ins": _("Sign-ins ended"),
    "subject": _("Name at the identity provider"),
    "added": _("People added"),
    "rows_left_out": _("Rows left out"),
}
# What changes about an account without being a field of it.
ROLES: dict[str, StrOrPromise] = {
    "created": _("account exists"),
    "deleted": _("account deleted"),
    "csr": _("support representative"),
    "agent": _("agent"),
    "manager of queues": _("manager of queues"),
}
SIGNS = {
    Topic.SIGN_IN: "key-round",
    Topic.PEOPLE: "user",
    Topic.SETTINGS: "sliders-horizontal",
    Topic.READ: "eye",
    Topic.TAKEN: "download",
    Topic.ENDED: "trash-2",
    Topic.REFUSED: "ban",
}


class Changed(NamedTuple):
    """One field of a change; `before` and `after` are None where only that it changed is said."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Line:
    entry: Entry
    topic: str
    sign: str
    sentence: str
    changes: list[Changed]
    facts: list[tuple[str, Json]]

    @property
    def day(self) -> date:
        """The day in the site's time zone."""
        return timezone.localdate(self.entry.at)


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """For the page: names stand apart from the direction of the sentence, and what is still there has its link."""
    entries = list(entries)
    return _lines(entries, _apart, _linked(entries))


def plain_lines_of(entries: Iterable[Entry]) -> list[Line]:
    """For the file."""
    entries = list(entries)
    return _lines(entries, isolated, {key: one.name for key, one in _named(entries).items()})


def _lines(entries: list[Entry], apart: Callable[[str], str], subjects: Mapping[str, str]) -> list[Line]:
    return [
        Line(
            entry,
            str(Topic(entry.topic).label),
            SIGNS.get(Topic(entry.topic), "info"),
            _sentence(entry, apart, subjects),
            list(_changes(entry)),
            list(_facts(entry)),
        )
        for entry in entries
    ]


def _sentence(entry: Entry, apart: Callable[[str], str], subjects: Mapping[str, str]) -> str:
    kind = KINDS.get(entry.what)
    if kind is None:
        return apart(" ".join(part for part in (entry.what, entry.by, entry.account) if part))
    names = {
        "account": apart(entry.account or _someone()),
        "by": apart(entry.by or _someone()),
        "someone": apart(entry.account) if entry.account else _someone(),
        "about": subjects.get(entry.about or "", gettext("a session that is no longer kept")),
        "model": _model_name(str(entry.facts.get("model", ""))),
    }
    facts = {name: apart(str(value)) for name, value in entry.facts.items()}
    if "report" in entry.facts:
        names["report"] = gettext(str(entry.facts["report"]))
    told = {**facts, **names}
    pattern = str(_pattern(kind, entry))
    used = {name: told.get(name, "–") for _text, name, _spec, _conversion in Formatter().parse(pattern) if name}
    # Each value is escaped where it is set apart; the pattern is ours.
    said = pattern.format(**used)
    if said.startswith(_someone()):
        said = capfirst(said)
    return mark_safe(said) if apart is _apart else said  # noqa: S308 - see above


def _pattern(kind: Kind, entry: Entry) -> StrOrPromise:
    return kind.by_other if kind.by_other and (entry.by or not kind.sentence) else kind.sentence


def _changes(entry: Entry) -> Iterator[Changed]:
    for one in entry.changes:
        field = _field(one["model"], one["field"])
        name = capfirst(str(getattr(field, "verbose_name", None) or ROLES.get(one["field"], one["field"])))
        if "after" in one:
            yield Changed(name, _value(one["before"], field), _value(one["after"], field))
        else:
            yield Changed(name, None, None)


def _facts(entry: Entry) -> Iterator[tuple[str, Json]]:
    for name, value in entry.facts.items():
        if name not in IN_SENTENCES:
            yield str(FACTS.get(name, name)), value


def _value(value: Json, field: Field[Any, Any] | None) -> str:
    """In the words of the form in which it was chosen."""
    if value is None or value == "" or value == []:
        return pgettext("no value", "–")
    if isinstance(value, bool):
        return pgettext("a setting", "yes") if value else pgettext("a setting", "no")
    words = {str(key): word for key, word in getattr(field, "flatchoices", ())}
    if isinstance(field, CapabilitiesField):
        words = {str(key): word for key, word in Capability.choices}
    parts = value if isinstance(value, list) else [value]
    return pgettext("between the items of a list", ", ").join(str(words.get(str(part), part)) for part in parts)


def _field(model: str, name: str) -> Field[Any, Any] | None:
    try:
        found = apps.get_model(model)._meta.get_field(name) if model else None
    except (LookupError, FieldDoesNotExist):
        # Of an earlier release.
        return None
    return found if isinstance(found, Field) else None


def _model_name(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return escape(label)


def _named(entries: Iterable[Entry]) -> dict[str, Named]:
    return named_subjects(entry.about for entry in entries if entry.about)


def _linked(entries: Iterable[Entry]) -> dict[str, str]:
    return {key: format_html('<a href="{}">{}</a>', one.address, one.name) for key, one in _named(entries).items()}


def _someone() -> str:
    return pgettext("in the audit log: an unknown person", "someone")


def _apart(text: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", text)
