from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.models.survey_answer import LONGEST_WORDS
from supportcenter import clock
from supportcenter.text.bilingual import in_both_languages

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Questions that are asked at one time; and choices of one.
MOST_ASKED, MOST_CHOICES = 5, 12
SCALE = range(1, 6)


class SurveyQuestionQuerySet(models.QuerySet["SurveyQuestion"]):
    def asked(self) -> SurveyQuestionQuerySet:
        return self.filter(is_on=True)


class SurveyQuestion(models.Model):
    """A question that admins add to the survey after a session (E41).

    Once it is answered its words stay as they were asked: it can be switched off, and a new one be written instead.
    """

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("yes or no")
        SCALE = "scale", _("a number from 1 to 5")
        TEXT = "text", _("one line of text")
        CHOICE = "choice", _("a choice from a list")

    # What makes an answer mean what it means.
    WORDS = ("kind", "text", "text_ar", "choices", "choices_ar")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.YES_NO)
    text = models.CharField(_("question, English"), max_length=120)
    text_ar = models.CharField(_("question, Arabic"), max_length=120, blank=True)
    choices = models.TextField(_("choices, English, one per line"), max_length=1000, blank=True)
    choices_ar = models.TextField(_("choices, Arabic, one per line"), max_length=1000, blank=True)
    is_on = models.BooleanField(
        _("asked"), default=True, help_text=_("Switched off, it is not asked any more; its answers stay.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SurveyQuestionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("survey question"), _("survey questions")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return in_both_languages(self, "text")

    @property
    def options(self) -> list[str]:
        """What is chosen from, in the language of the page; an answer is the place in it."""
        return _lines(in_both_languages(self, "choices"))

    @property
    def is_scale(self) -> bool:
        return self.kind == self.Kind.SCALE

    @property
    def field_name(self) -> str:
        """Of its field in the form: another one for other words, so that a page from before is no answer to them."""
        words = "\n".join(str(getattr(self, name)) for name in self.WORDS)
        return f"question-{self.pk}-{crc32(words.encode()):08x}"

    @property
    def is_answered(self) -> bool:
        return self.pk is not None and self.replies.exists()

    @property
    def values(self) -> list[tuple[str, StrOrPromise]]:
        """Each value that an answer may have, with its words; none for a line of text."""
        if self.kind == self.Kind.YES_NO:
            return [("yes", _("Yes")), ("no", _("No"))]
        if self.kind == self.Kind.SCALE:
            return [(str(number), str(number)) for number in SCALE]
        options = self.options if self.kind == self.Kind.CHOICE else []
        return [(str(place), option) for place, option in enumerate(options)]

    def in_words(self, value: str) -> StrOrPromise:
        return dict(self.values).get(value, value)

    def clean(self) -> None:
        errors = self._wrong_choices() if self.kind == self.Kind.CHOICE else {}
        asked = SurveyQuestion.objects.asked().exclude(pk=self.pk).count()
        if self.is_on and asked >= MOST_ASKED:
            errors["is_on"] = _("Five questions are asked at most. Switch another one off first.")
        if errors:
            raise ValidationError(errors)

    def _wrong_choices(self) -> dict[str, str | Promise]:
        english, arabic = _lines(self.choices), _lines(self.choices_ar)
        if not 2 <= len(english) <= MOST_CHOICES:
            return {"choices": _("Enter two choices at least, and twelve at most.")}
        if arabic and len(arabic) != len(english):
            return {"choices_ar": _("Enter as many choices as in English, in the same order.")}
        return {}


class SurveyReply(models.Model):
    """A customer's answer to one of the admins' questions."""

    answer = models.ForeignKey("SurveyAnswer", on_delete=models.CASCADE, related_name="replies")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="replies")
    # yes, no, a number, the place of a choice; or the words.
    value = models.CharField(max_length=LONGEST_WORDS)

    class Meta:
        ordering = ["question__order", "question_id"]
        constraints = [models.UniqueConstraint(fields=["answer", "question"], name="one_reply_a_question")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.value}"

    @property
    def is_words(self) -> bool:
        return self.question.kind == SurveyQuestion.Kind.TEXT

    @property
    def in_words(self) -> StrOrPromise:
        return self.question.in_words(self.value)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
