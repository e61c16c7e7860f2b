import re
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from supportcenter.accounts.models import SitePolicy

# What people think of first on such a site, in both languages.
OUR_WORDS = frozenset(
    (
        *("admin", "administrator", "agent", "center", "centre", "customer", "desk", "help", "manager", "queue"),
        *("remote", "session", "support", "team"),
        *("الدعم", "دعم", "مركز", "مسؤول", "مشرف", "وكيل", "عميل"),
    )
)
# Letters that have to be there beside such words. A shorter word of a name is in many others.
LEAST_BESIDE, SHORTEST = 6, 3


class LongEnough(MinimumLengthValidator):
    """Django's own sentence about a short password has no Arabic."""

    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short: at least %(count)d character.",
            "This password is too short: at least %(count)d characters.",
            self.min_length,
        ) % {"count": self.min_length}


class NotOurWords:
    """A password is not made of the names of the site and of words like "support" alone, with or without numbers."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = password.casefold()
        beside = typed
        for word in sorted(_words(), key=len, reverse=True):
            beside = beside.replace(word, " ")
        if beside != typed and sum(map(str.isalpha, beside)) < LEAST_BESIDE:
            raise ValidationError(self.get_help_text(), code="password_of_our_words")

    def get_help_text(self) -> str:
        return gettext("This password is too easy to guess here: it is made of the site’s own words.")


def _words() -> set[str]:
    policy = SitePolicy.current()
    names = f"{policy.site_name} {policy.site_name_ar} {policy.organisation}".casefold()
    return {word for word in [*OUR_WORDS, *re.findall(r"[^\W\d_]+", names)] if len(word) >= SHORTEST}
