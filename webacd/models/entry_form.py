from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.text.bilingual import in_both_languages


class EntryField(models.Model):
    """One question of a queue's entry form, in addition to the name, which every customer is asked for."""

    class Kind(models.TextChoices):
        TEXT = "text", _("one line")
        LONG_TEXT = "long_text", _("several lines")
        CHOICE = "choice", _("a choice")
        EMAIL = "email", _("an email address")
        PHONE = "phone", _("a telephone number")
        CHECK = "check", _("a check box")

    queue = models.ForeignKey("Queue", on_delete=models.CASCADE, related_name="entry_fields")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TEXT)
    label = models.CharField(_("label, English"), max_length=80)
    label_ar = models.CharField(_("label, Arabic"), max_length=80, blank=True)
    help = models.CharField(_("help, English"), max_length=200, blank=True)
    help_ar = models.CharField(_("help, Arabic"), max_length=200, blank=True)
    required = models.BooleanField(_("required"), default=False)
    longest = models.PositiveSmallIntegerField(_("maximum characters"), default=500)
    choices = models.TextField(_("choices, one per line"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("entry form")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_both_languages(self, "label")

    @property
    def help_text(self) -> str:
        return in_both_languages(self, "help")

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    def clean(self) -> None:
        if self.kind == self.Kind.CHOICE and not self.options:
            raise ValidationError({"choices": _("Enter at least one choice.")})
