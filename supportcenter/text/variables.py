"""Variables in a text that staff write, such as {customer}: what is wrong with those of a text, filling them in."""

import re
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_BRACES = re.compile(r"\{([^{}]*)\}")


def variables_in(text: str) -> list[str]:
    """The names between curly brackets, known or not, each once."""
    return list(dict.fromkeys(_BRACES.findall(text)))


def problems_of(text: str, known: Collection[str]) -> list[ValidationError]:
    """Names that are not among the `known` ones, and brackets without a partner; each once."""
    problems = [_unknown(name, known) for name in variables_in(text) if name not in known]
    if set("{}") & set(_BRACES.sub("", text)):
        words = _("A curly bracket has no partner. Write a variable as %(variable)s.")
        problems.append(ValidationError(words, params={"variable": f"{{{next(iter(known))}}}"}))
    return problems


def fill(text: str, values: Mapping[str, str]) -> str:
    """In one pass: what a value holds is never taken for a variable."""
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def _unknown(name: str, known: Collection[str]) -> ValidationError:
    words = _("There is no variable %(variable)s. There are %(known)s.")
    listed = ", ".join(f"{{{each}}}" for each in known)
    return ValidationError(words, params={"variable": f"{{{name[:40]}}}", "known": listed})
