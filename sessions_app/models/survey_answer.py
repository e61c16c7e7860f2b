from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock


class SurveyAnswer(models.Model):
    """A customer's answers to the two questions after a session (E41)."""

    class Solved(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    participant = models.OneToOneField("Participant", on_delete=models.CASCADE, related_name="survey_answer")
    solved = models.CharField(max_length=8, choices=Solved.choices)
    rating = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.participant}: {self.solved}, {self.rating}"
