from django.db import transaction

from sessions_app.errors import SurveyTooEarly
from sessions_app.models import Participant, SurveyAnswer
from supportcenter.refusals import require


@transaction.atomic
def answer_survey(participant: Participant, *, solved: str, rating: int) -> SurveyAnswer:
    """Keep what a customer says about the session once they are out of it; a second answer replaces the first (E41).

    Raises SurveyTooEarly while they are still in the session.
    """
    require(not (participant.session.is_open and participant.is_present), SurveyTooEarly)
    answer, _created = SurveyAnswer.objects.update_or_create(
        participant=participant, defaults={"solved": solved, "rating": rating}
    )
    return answer
