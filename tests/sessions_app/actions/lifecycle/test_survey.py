import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.errors import SurveyTooEarly
from sessions_app.models import SurveyAnswer

pytestmark = pytest.mark.django_db


def answers():
    return list(SurveyAnswer.objects.values_list("solved", "rating"))


def test_survey_is_refused_to_a_customer_who_is_still_in_the_session(session, carol):
    with pytest.raises(SurveyTooEarly) as refusal:
        answer_survey(carol, solved="yes", rating=5)
    assert (refusal.value.code, refusal.value.status) == ("survey_too_early", 409)
    assert answers() == []


def test_survey_is_answered_after_leaving_and_again_after_the_end(session, carol):
    leave_session(session, by=carol)
    carol.refresh_from_db()
    answer_survey(carol, solved="no", rating=2)
    assert answers() == [("no", 2)]

    end_session(session, by=session.primary)
    carol.refresh_from_db()
    answer_survey(carol, solved="yes", rating=5)
    assert answers() == [("yes", 5)]
