"""What admins define for all sessions: fields to track them by, tags, and reasons with which they are closed."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supportcenter.text.bilingual import in_both_languages
from supportcenter.text.invisible import without_controls

# In use at one time: as many as one form can show.
MOST_FIELDS, MOST_TAGS, MOST_REASONS, MOST_CHOICES = 10, 100, 50, 50
LONGEST_VALUE = 80
# With those that are switched off: so many times as many.
KEPT_BESIDE = 10
PLACE = "{value}"


class CaseChoice(models.Model):
    """One of what admins define; switched off, it is offered no more, and sessions that have it keep it."""

    name = models.CharField(_("name, English"), max_length=60)
    name_ar = models.CharField(_("name, Arabic"), max_length=60, blank=True)
    is_on = models.BooleanField(
        pgettext_lazy("tag or field", "in use"),
        default=True,
        help_text=_("Switched off, it is not offered any more; sessions that have it keep it."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    # How many may be in use at one time, and how that is said.
    MOST: int
    TOO_MANY: Any

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_both_languages(self, "name")

    @property
    def is_used(self) -> bool:
        """Whether a session has it."""
        raise NotImplementedError

    def clean(self) -> None:
        in_use = type(self).objects.filter(is_on=True).exclude(pk=self.pk).count()
        if self.is_on and in_use >= self.MOST:
            raise ValidationError({"is_on": self.TOO_MANY % {"most": self.MOST}})
        if self.pk is None and type(self).objects.count() >= KEPT_BESIDE * self.MOST:
            raise ValidationError(_("There are too many that are switched off. Delete some first."))


class TrackingField(CaseChoice):
    """A field by which the company tracks a session elsewhere, such as the number of a ticket."""

    MOST = MOST_FIELDS
    TOO_MANY = _("At most %(most)d fields are in use. Switch another one off first.")

    address = models.CharField(
        _("link"),
        max_length=300,
        blank=True,
        help_text=_("Makes the value a link: an address that begins with https:// or http:// and contains {value}."),
    )
    choices = models.TextField(
        _("choices, one per line"), max_length=5000, blank=True, help_text=_("Empty: any text of up to 80 characters.")
    )
    asked_at_start = models.BooleanField(_("asked when a session is started"), default=False)
    is_required = models.BooleanField(_("required when a session is closed"), default=False)

    class Meta(CaseChoice.Meta):
        verbose_name, verbose_name_plural = _("tracking field"), _("tracking fields")

    @property
    def is_used(self) -> bool:
        return self.values.exists()

    @property
    def form_name(self) -> str:
        return f"tracking-{self.pk}"

    @property
    def options(self) -> list[str]:
        return list(filter(None, map(as_line, self.choices.splitlines())))

    def takes(self, value: str) -> bool:
        """Whether it is a value of this field: one of its choices, if it has any."""
        is_line = len(value) <= LONGEST_VALUE and value == as_line(value)
        return is_line and (not self.options or value in self.options)

    def link_of(self, value: str) -> str:
        """The address of this value elsewhere, if the field has one. What is typed cannot choose the host."""
        return self.address.replace(PLACE, quote(value, safe="")) if self.address else ""

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.address and not _leads_somewhere(self.address):
            errors["address"] = _(
                "Enter an address that begins with https:// or http:// and contains {value} after the host."
            )
        if len(self.options) > MOST_CHOICES or any(len(each) > LONGEST_VALUE for each in self.options):
            errors["choices"] = _("Enter 50 choices at most, of 80 characters each.")
        if errors:
            raise ValidationError(errors)


class Tag(CaseChoice):
    """A word that representatives give sessions, to find and count them by."""

    MOST = MOST_TAGS
    TOO_MANY = _("At most %(most)d tags are in use. Switch another one off first.")

    class Meta(CaseChoice.Meta):
        verbose_name, verbose_name_plural = _("tag"), _("tags")

    @property
    def is_used(self) -> bool:
        sessions: models.Manager[Any] = self.sessions  # type: ignore[attr-defined]  # given to it by the session's model
        return sessions.exists()


class ClosingReason(CaseChoice):
    """What became of a session, as its representative says after the end."""

    MOST = MOST_REASONS
    TOO_MANY = _("At most %(most)d reasons are in use. Switch another one off first.")

    class Meta(CaseChoice.Meta):
        verbose_name, verbose_name_plural = _("closing reason"), _("closing reasons")

    @property
    def is_used(self) -> bool:
        return self.closings.exists()


def as_line(text: str) -> str:
    """One line, as it is compared: without controls, and with single plain spaces between words."""
    return " ".join(without_controls(" ".join(text.split())).split())


def _leads_somewhere(address: str) -> bool:
    """The value stands in the path, the query or the fragment: never in the host, which it would choose."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    known = parts.scheme in {"https", "http"} and bool(parts.hostname) and PLACE not in parts.netloc
    return known and PLACE in parts.path + parts.query + parts.fragment
