from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from invitations.models.variables import check
from sessions_app.models import Participant

LONGEST_SUBJECT, LONGEST_TEXT = 120, 1000


class InvitationWording(models.Model):
    """An admin's own words for invitations, by language and recipient. An empty text leaves the built-in one."""

    recipient = models.CharField(_("recipient"), max_length=8, choices=Participant.Kind.choices)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    subject = models.CharField(
        _("subject"), max_length=LONGEST_SUBJECT, blank=True, help_text=_("One line. Empty: the built-in text.")
    )
    # By itself, a TextField's max_length holds on forms alone.
    opening = models.TextField(
        _("opening"),
        max_length=LONGEST_TEXT,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        blank=True,
        help_text=_("Stands above the link, in place of greeting and invitation. Empty: the built-in text."),
    )
    closing = models.TextField(
        _("closing"),
        max_length=LONGEST_TEXT,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        blank=True,
        help_text=_("The end of the message. Empty: the built-in text."),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("wording of invitations")
        verbose_name_plural = _("wordings of invitations")
        ordering = ["recipient", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "language"],
                name="one_wording_a_recipient_and_language",
                violation_error_message=_("There is a wording for this recipient and language. Edit that one."),
            )
        ]

    def __str__(self) -> str:
        language = get_language_info(self.language)["name_translated"] if self.language else ""
        return f"{self.get_recipient_display()}, {language}"

    def clean_fields(self, exclude: object = None) -> None:
        """Beside each field's own checks: its variables, and a subject that is one line."""
        # A browser counts a line break as one character, and sends two.
        self.opening, self.closing = (text.replace("\r\n", "\n") for text in (self.opening, self.closing))
        problems = {}
        try:
            super().clean_fields(exclude)  # type: ignore[arg-type]
        except ValidationError as error:
            problems = error.update_error_dict({})
        for field, required in (("subject", ""), ("opening", "representative"), ("closing", "")):
            try:
                _check(getattr(self, field), required, is_subject=field == "subject")
            except ValidationError as error:
                problems.setdefault(field, []).extend(error.error_list)
        if problems:
            raise ValidationError(problems)


def _check(text: str, required: str, *, is_subject: bool) -> None:
    if is_subject and len(text.splitlines()) > 1:
        raise ValidationError(now("The subject must be one line."))
    check(text, required=required)
