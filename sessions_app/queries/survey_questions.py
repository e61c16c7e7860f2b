"""The admins' questions, and what one customer has said."""

from __future__ import annotations

from sessions_app.models import Participant, SurveyAnswer, SurveyQuestion
from sessions_app.models.survey_question import MOST_ASKED


def questions_asked() -> list[SurveyQuestion]:
    """Those that are asked now, a handful at most."""
    return list(SurveyQuestion.objects.asked()[:MOST_ASKED])


def answer_of(me: Participant) -> SurveyAnswer | None:
    """What the customer has said so far, with their replies."""
    return SurveyAnswer.objects.filter(participant=me).prefetch_related("replies").first()
