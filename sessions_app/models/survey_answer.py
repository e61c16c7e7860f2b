from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_WORDS = 500


class SurveyAnswer(models.Model):
    """What a customer says after a session (E41): a rating, and whatever else they add to it."""

    class Solved(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    participant = models.OneToOneField("Participant", on_delete=models.CASCADE, related_name="survey_answer")
    # Empty as long as the customer has given no more than the rating, by one press.
    solved = models.CharField(max_length=8, choices=Solved.choices, blank=True, default="")
    rating = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    # In the customer's own words.
    remark = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.participant}: {self.solved}, {self.rating}"

    @property
    def solved_words(self) -> StrOrPromise:
        """The answer to whether the problem is solved, or that there is none."""
        return dict(self.Solved.choices).get(self.solved, _("Not answered"))

    @property
    def is_more_than_rating(self) -> bool:
        """Whether the customer has added anything to the rating."""
        return bool(self.solved or self.remark or self.replies.all())
