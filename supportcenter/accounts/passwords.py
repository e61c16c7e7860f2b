from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Django's own sentence about a short password has no Arabic."""

    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short: at least %(count)d character.",
            "This password is too short: at least %(count)d characters.",
            self.min_length,
        ) % {"count": self.min_length}
