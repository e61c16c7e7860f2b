from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app.models.chat_message import ChatMessage
from supportcenter.text.folded import FoldedField
from supportcenter.text.folding import fold
from supportcenter.text.variables import fill, problems_of

# Filled in where a reply is put into the message box. The queue's is known to an app above (rules/reply_hooks.py).
VARIABLES = ("customer", "representative", "number", "queue")
# What begins the search for one: no part of a shortcut.
TRIGGERS = "/#"
# Characters of the longest name, with two that set it apart from text of the other direction.
LONGEST_VALUE = 80 + 2
# All that a representative has in a session is in their page, and searched at every key.
MOST, MOST_CHARACTERS = 500, 400_000
MOST_OF_THE_SITE, MOST_CHARACTERS_OF_THE_SITE = 5_000, 4_000_000


class CannedText(models.Model):
    """A text that is written once and sent often, with the short name by which it is found.

    In either language or in both: a customer gets their own, or else the other one.
    """

    shortcut = models.CharField(
        _("shortcut"),
        max_length=40,
        help_text=_("One word, typed after / or # in the message box. For example: thanks."),
    )
    folded_shortcut = FoldedField("shortcut")
    title = models.CharField(_("title"), max_length=80, blank=True)
    # Without a max_length, which forms would hold on to before a line break is one character.
    text = models.TextField(
        _("text, English"),
        validators=[MaxLengthValidator(ChatMessage.LONGEST)],
        blank=True,
        help_text=_(
            "Variables: {customer}, {representative}, {number}, {queue}. One without a value in a session is left out."
        ),
    )
    text_ar = models.TextField(
        _("text, Arabic"),
        validators=[MaxLengthValidator(ChatMessage.LONGEST)],
        blank=True,
        help_text=_("A customer gets the text in their own language, or else the other one."),
    )
    times_used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        abstract = True
        ordering = ["folded_shortcut", "pk"]

    def __str__(self) -> str:
        return self.shortcut

    # What people write of one; beside it are the counts, which others change meanwhile.
    WRITTEN: tuple[str, ...] = ("shortcut", "folded_shortcut", "title", "text", "text_ar", "changed_at")

    def siblings(self) -> models.QuerySet[Any]:
        """The replies of the same scope, this one among them: there its shortcut stands for it alone."""
        raise NotImplementedError

    @property
    def limits(self) -> tuple[int, int]:
        """Of the scope: how many replies, and how many characters all their texts together."""
        return MOST, MOST_CHARACTERS

    def write(self) -> None:
        """Save what people write. Raises ValidationError: it was deleted meanwhile, or another took its shortcut."""
        is_new = self._state.adding
        if not is_new and not models.QuerySet(type(self)).select_for_update().filter(pk=self.pk).exists():
            raise ValidationError(gettext("This reply has been deleted."))
        try:
            with transaction.atomic():
                self.save(update_fields=None if is_new else self.WRITTEN)
        except IntegrityError as error:
            raise ValidationError(gettext("Another reply has this shortcut.")) from error

    def clean_fields(self, exclude: object = None) -> None:
        """Beside each field's own checks: one word as a shortcut, and in the texts variables that there are."""
        self.shortcut = self.shortcut.strip().lstrip(TRIGGERS).strip()
        # A browser counts a line break as one character, and sends two.
        self.text, self.text_ar = (text.replace("\r\n", "\n").strip() for text in (self.text, self.text_ar))
        problems: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)  # type: ignore[arg-type]
        except ValidationError as error:
            problems = error.update_error_dict({})
        wrong = {"shortcut": _wrong_shortcut(self.shortcut)}
        wrong |= {name: _wrong_text(getattr(self, name)) for name in ("text", "text_ar")}
        for field, found in wrong.items():
            if found and field not in problems:
                problems[field] = found
        if problems:
            raise ValidationError(problems)

    def clean(self) -> None:
        """What stands against it among the others of its scope. Of two saved at once, the constraint decides."""
        if not self.text and not self.text_ar:
            raise ValidationError({"text": gettext("Enter the text in English, in Arabic, or in both.")})
        others = self.siblings().exclude(pk=self.pk)
        if self.shortcut and others.filter(folded_shortcut=fold(self.shortcut)).exists():
            raise ValidationError({"shortcut": gettext("Another reply has this shortcut.")})
        self._keep_within(others, *self.limits)

    def _keep_within(self, others: models.QuerySet[Any], most: int, most_characters: int) -> None:
        characters = Sum(Length("text") + Length("text_ar"), default=0)
        there = others.aggregate(count=Count("pk"), characters=characters)
        if self.pk is None and there["count"] >= most:
            words = gettext("There are %(most)s replies already, which is the limit. Delete one first.")
            raise ValidationError(words % {"most": most})
        if there["characters"] + len(self.text) + len(self.text_ar) > most_characters:
            words = gettext("All texts together may have %(most)s characters. Shorten or delete some first.")
            raise ValidationError(words % {"most": most_characters})


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def of_the_site(self) -> CannedReplyQuerySet:
        return self.filter(owner=None)

    def of(self, user: Any) -> CannedReplyQuerySet:
        return self.filter(owner=user)


class CannedReply(CannedText):
    """A canned reply of the site, which all representatives have, or of its owner, which is theirs alone."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.CASCADE, related_name="canned_replies"
    )

    objects = CannedReplyQuerySet.as_manager()

    class Meta(CannedText.Meta):
        verbose_name, verbose_name_plural = _("canned reply"), _("canned replies")
        constraints = [
            models.UniqueConstraint(fields=["owner", "folded_shortcut"], name="own_shortcut_is_unique"),
            models.UniqueConstraint(
                fields=["folded_shortcut"], condition=Q(owner=None), name="shortcut_of_the_site_is_unique"
            ),
            models.CheckConstraint(condition=~Q(text="", text_ar=""), name="canned_reply_has_a_text"),
        ]

    def siblings(self) -> models.QuerySet[Any]:
        return CannedReply.objects.filter(owner=self.owner_id)

    @property
    def limits(self) -> tuple[int, int]:
        return (MOST_OF_THE_SITE, MOST_CHARACTERS_OF_THE_SITE) if self.owner_id is None else super().limits


def _wrong_shortcut(shortcut: str) -> list[ValidationError]:
    if len(shortcut.split()) > 1:
        return [ValidationError(gettext("The shortcut must be one word."))]
    # Without a letter or a digit, nobody finds it.
    if shortcut and not fold(shortcut):
        return [ValidationError(gettext("Enter a name that can be read."))]
    return []


def _wrong_text(text: str) -> list[ValidationError]:
    problems = problems_of(text, VARIABLES)
    if len(fill(text, dict.fromkeys(VARIABLES, "x" * LONGEST_VALUE))) > ChatMessage.LONGEST:
        words = gettext("The text is too long: with its variables filled in, %(longest)s characters at most.")
        problems.append(ValidationError(words, params={"longest": ChatMessage.LONGEST}))
    return problems
