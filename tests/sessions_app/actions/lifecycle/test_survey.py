import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.errors import NotInSession, SurveyTooEarly
from sessions_app.models import Participant, SurveyAnswer

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


def test_survey_is_closed_to_whom_was_erased(session, carol, dana):
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    late = Participant.objects.select_related("session").get(pk=carol.pk)
    erase_customer(session, carol, by=dana)
    with pytest.raises(NotInSession):
        answer_survey(late, rating=5, remark="late words")
    assert answers() == []
