"""The survey on the page after a session: one press is an answer, and the rest adds to it."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.models import SurveyAnswer, SurveyQuestion, SurveyReply

pytestmark = pytest.mark.django_db
Kind = SurveyQuestion.Kind


@pytest.fixture
def ended(session, carol):
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    return carol


@pytest.fixture
def questions(db):
    return [
        SurveyQuestion.objects.create(kind=Kind.YES_NO, text="Short wait?", text_ar="انتظار قصير؟"),
        SurveyQuestion.objects.create(kind=Kind.SCALE, text="Easy to join?"),
        SurveyQuestion.objects.create(kind=Kind.TEXT, text="Which device?"),
        SurveyQuestion.objects.create(
            kind=Kind.CHOICE, text="About what?", choices="Printer\nNetwork", choices_ar="الطابعة\nالشبكة"
        ),
    ]


def post(seat, session, **fields):
    return seat.post(reverse("answer_survey", args=[session.key]), fields)


def page_of(seat, session, **more):
    return seat.get(reverse("remote_support", args=[session.key]), **more).content.decode()


def kept():
    return list(SurveyAnswer.objects.values_list("rating", "solved", "remark"))


def test_one_press_is_an_answer_and_what_follows_adds_to_it(seat, session, ended):
    assert "Anything else?" not in page_of(seat, session)
    answer = post(seat, session, rating="4")
    assert (answer.status_code, kept()) == (302, [(4, "", "")])
    page = page_of(seat, session)
    assert "Your rating is saved" in page
    assert "Anything else?" in page

    post(seat, session, solved="partly", remark="Thanks")
    assert kept() == [(4, "partly", "Thanks")]
    assert "Thank you for your answers." in page_of(seat, session)

    # The rating is changed by the same press, and what was typed beside it comes along.
    post(seat, session, rating="5", remark="")
    assert kept() == [(5, "partly", "")]


def test_words_without_a_rating_are_refused(seat, session, ended):
    assert post(seat, session, solved="yes", remark="Thanks").status_code == 422
    assert kept() == []


@pytest.mark.parametrize("wrong", [{"rating": "6"}, {"rating": "0"}, {"solved": "maybe"}, {"remark": "x" * 501}])
def test_wrong_answers_change_nothing(seat, session, ended, wrong):
    answer_survey(ended, rating=3)
    assert post(seat, session, **wrong).status_code == 422
    assert kept() == [(3, "", "")]


def test_admins_questions_are_answered_changed_and_taken_back(seat, session, ended, questions):
    wait, easy, device, about = questions
    post(seat, session, rating="4")
    page = page_of(seat, session)
    assert [question.words in page for question in questions] == [True] * 4
    values = {wait.field_name: "yes", easy.field_name: "2", device.field_name: "Laptop", about.field_name: "1"}
    post(seat, session, **values)
    said = dict(SurveyReply.objects.values_list("question", "value"))
    assert said == {wait.pk: "yes", easy.pk: "2", device.pk: "Laptop", about.pk: "1"}

    post(seat, session, **{wait.field_name: "no", device.field_name: ""})
    said = dict(SurveyReply.objects.values_list("question", "value"))
    assert said == {wait.pk: "no", easy.pk: "2", about.pk: "1"}


def test_line_breaks_count_as_the_browser_counts_them(seat, session, ended, questions):
    # A browser counts a line break as one character, and sends two.
    lines = "\r\n".join(["x" * 49] * 10)
    post(seat, session, rating="4", remark=lines, **{questions[2].field_name: lines})
    expected = lines.replace("\r\n", "\n")
    assert len(expected) == 499
    assert kept() == [(4, "", expected)]
    assert SurveyReply.objects.get().value == expected


def test_words_lose_what_would_turn_the_page_around(seat, session, ended, questions):
    turned = "\u202efdp.exe\u200e "
    post(seat, session, rating="4", remark=turned, **{questions[2].field_name: turned})
    assert kept() == [(4, "", "fdp.exe")]
    assert SurveyReply.objects.get().value == "fdp.exe"


def test_address_of_a_form_that_was_refused_leads_back_to_the_page(seat, session, ended):
    # Where the language form and a reload go.
    answer = seat.get(reverse("answer_survey", args=[session.key]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("remote_support", args=[session.key]) + "#survey"


@pytest.mark.parametrize("place", range(4))
def test_answers_that_a_question_does_not_have_are_refused(seat, session, ended, questions, place):
    post(seat, session, rating="4")
    wrong = ["maybe", "7", "x" * 501, "2"][place]
    assert post(seat, session, **{questions[place].field_name: wrong}).status_code == 422
    assert not SurveyReply.objects.exists()


def test_questions_are_asked_in_the_customers_language(seat, session, ended, questions):
    answer_survey(ended, rating=4)
    page = page_of(seat, session, headers={"Accept-Language": "ar"})
    assert "انتظار قصير؟" in page
    assert "الشبكة" in page
    # Written in one language only.
    assert "Easy to join?" in page


def test_a_page_from_before_a_new_wording_is_no_answer_to_it(seat, session, ended, questions):
    answer_survey(ended, rating=4)
    old = questions[0].field_name
    SurveyQuestion.objects.filter(pk=questions[0].pk).update(text="Long wait?")
    assert post(seat, session, **{old: "yes"}).status_code == 302
    assert not SurveyReply.objects.exists()


def test_a_question_that_is_switched_off_is_not_asked(seat, session, ended, questions):
    answer_survey(ended, rating=4)
    SurveyQuestion.objects.filter(pk=questions[0].pk).update(is_on=False)
    assert "Short wait?" not in page_of(seat, session)
    post(seat, session, **{questions[0].field_name: "yes"})
    assert not SurveyReply.objects.exists()


def test_record_shows_words_as_text_and_what_was_not_answered(client, seat, session, ended, questions, amal):
    post(seat, session, rating="4", remark="<b>kind</b>", **{questions[3].field_name: "1"})
    client.force_login(amal)
    page = client.get(reverse("record", args=[session.key])).content.decode()
    assert "Not answered" in page
    assert '<q class="survey-words" dir="auto">&lt;b&gt;kind&lt;/b&gt;</q>' in page
    assert "Network" in page
