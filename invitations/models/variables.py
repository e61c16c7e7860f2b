"""The variables of a wording, such as {representative}: which there are, what is wrong with a text, filling them in."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

VARIABLES = ("representative", "organisation", "site", "number", "hours")
_BRACES = re.compile(r"\{([^{}]*)\}")


def check(text: str, *, required: str = "") -> None:
    """Raises ValidationError with all that is wrong, each once."""
    problems = [_unknown(name) for name in dict.fromkeys(_BRACES.findall(text)) if name not in VARIABLES]
    if set("{}") & set(_BRACES.sub("", text)):
        problems.append(ValidationError(_("A curly bracket has no partner. Write a variable as {site}.")))
    if text.strip() and required and required not in _BRACES.findall(text):
        words = _("Use %(variable)s, so that people know who invites them.")
        problems.append(ValidationError(words, params={"variable": f"{{{required}}}"}))
    if problems:
        raise ValidationError(problems)


def fill(text: str, values: Mapping[str, str]) -> str:
    """In one pass: what a value holds is never taken for a variable."""
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def _unknown(name: str) -> ValidationError:
    known = ", ".join(f"{{{each}}}" for each in VARIABLES)
    words = _("There is no variable %(variable)s. There are %(known)s.")
    return ValidationError(words, params={"variable": f"{{{name[:40]}}}", "known": known})
