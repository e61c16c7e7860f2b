"""The survey's own questions in Django's admin: an answered one keeps its words."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.models import SurveyQuestion, SurveyReply

pytestmark = pytest.mark.django_db
WORDS = {"kind": "yes_no", "text": "Short wait?", "text_ar": "", "choices": "", "choices_ar": "", "order": "0"}


@pytest.fixture
def admin(client, dana):
    client.force_login(dana)
    return client


@pytest.fixture
def question(db):
    return SurveyQuestion.objects.create(kind="yes_no", text="Short wait?")


@pytest.fixture
def answered(question, session, carol):
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    answer_survey(carol, rating=4, replies={question.pk: "yes"})
    return question


def change(admin, question, **fields):
    return admin.post(reverse("admin:sessions_app_surveyquestion_change", args=[question.pk]), WORDS | fields)


def delete(admin, question):
    return admin.post(reverse("admin:sessions_app_surveyquestion_delete", args=[question.pk]), {"post": "yes"})


def test_a_question_is_added_reworded_and_deleted_until_it_is_answered(admin, question):
    assert admin.post(reverse("admin:sessions_app_surveyquestion_add"), WORDS | {"is_on": "on"}).status_code == 302
    assert change(admin, question, text="Long wait?").status_code == 302
    question.refresh_from_db()
    assert question.text == "Long wait?"
    assert delete(admin, question).status_code == 302
    assert SurveyQuestion.objects.count() == 1


def test_an_answered_question_is_neither_reworded_nor_deleted_but_switched_off(admin, answered):
    assert change(admin, answered, text="Long wait?").status_code == 302
    answered.refresh_from_db()
    assert (answered.text, answered.is_on) == ("Short wait?", False)
    assert delete(admin, answered).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [answered.pk], "post": "yes"}
    admin.post(reverse("admin:sessions_app_surveyquestion_changelist"), action)
    assert SurveyReply.objects.get().question == answered


def test_five_questions_are_asked_at_most(admin, question):
    for number in range(4):
        SurveyQuestion.objects.create(kind="yes_no", text=f"{number}?")
    add = reverse("admin:sessions_app_surveyquestion_add")
    assert "Five questions are asked at most" in admin.post(add, WORDS | {"is_on": "on"}).content.decode()
    assert admin.post(add, WORDS).status_code == 302
    assert SurveyQuestion.objects.asked().count() == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"choices": ""},
        {"choices": "one"},
        {"choices": "a\nb", "choices_ar": "أ"},
        {"choices": "\n".join("abcdefghijklm")},
    ],
)
def test_a_list_has_choices_in_both_languages_alike(admin, wrong):
    answer = admin.post(reverse("admin:sessions_app_surveyquestion_add"), WORDS | {"kind": "choice"} | wrong)
    assert "errorlist" in answer.content.decode()
    assert not SurveyQuestion.objects.exists()
