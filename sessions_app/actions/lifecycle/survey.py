from django.db import transaction

from sessions_app.errors import SessionHasEnded
from sessions_app.models import SurveyAnswer


@transaction.atomic
def answer_survey(participant, *, solved, rating):
    """Keep what a customer said after the session; a second answer replaces the first (E41)."""
    if participant.session.is_open and participant.is_present:
        raise SessionHasEnded
    answer, _created = SurveyAnswer.objects.update_or_create(
        participant=participant, defaults={"solved": solved, "rating": rating}
    )
    return answer
