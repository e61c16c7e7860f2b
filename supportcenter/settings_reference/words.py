"""Kinds, bounds and defaults in words, in the language of the moment. Backticks are around what is written as it is."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from supportcenter.environment import Asked, Kind

KINDS: dict[Kind, object] = {
    "text": pgettext_lazy("of a setting", "Text"),
    "number": _("A whole number"),
    "flag": _("Yes or no"),
    "names": _("A list, separated by commas"),
    "path": _("A file or folder"),
    "address": _("An address"),
}


def bounds_in_words(asked: Asked) -> str:
    """Empty where there are none."""
    if asked.one_of:
        return gettext("one of %(values)s") % {"values": _in_a_row(asked.one_of)}
    if asked.schemes:
        beginnings = [_code(f"{scheme}://") for scheme in asked.schemes]
        return gettext("begins with %(values)s") % {
            "values": pgettext("between the items of a choice", " or ").join(beginnings)
        }
    if asked.most is not None:
        return gettext("from %(least)s to %(most)s") % {"least": _code(asked.least), "most": _code(asked.most)}
    return gettext("at least %(least)s") % {"least": _code(asked.least)} if asked.least is not None else ""


def default_in_words(asked: Asked) -> str:
    if isinstance(asked.default, bool):
        return gettext("Yes") if asked.default else gettext("No")
    if isinstance(asked.default, list) and asked.default:
        return _in_a_row(asked.default)
    written = as_written(asked)
    return _code(written) if written else pgettext("of a setting", "Empty")


def as_written(asked: Asked) -> str:
    """The default as one would write it; a path as it is from the top of the project."""
    default = asked.default
    if isinstance(default, Path):
        return str(default.relative_to(settings.BASE_DIR)) if default.is_absolute() else default.name
    return ",".join(default) if isinstance(default, list) else str(default)


def _in_a_row(values: Iterable[str]) -> str:
    return pgettext("between the items of a list", ", ").join(map(_code, values))


def _code(value: object) -> str:
    return f"`{value}`"
