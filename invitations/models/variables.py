"""The variables of a wording, such as {representative}: which there are, and what is wrong with a text."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from supportcenter.text.variables import problems_of, variables_in

VARIABLES = ("representative", "organisation", "site", "number", "hours")


def check(text: str, *, required: str = "") -> None:
    """Raises ValidationError with all that is wrong, each once."""
    problems = problems_of(text, VARIABLES)
    if text.strip() and required and required not in variables_in(text):
        words = _("Use %(variable)s, so that people know who invites them.")
        problems.append(ValidationError(words, params={"variable": f"{{{required}}}"}))
    if problems:
        raise ValidationError(problems)
