"""The survey report: whose answers one may read, how they are narrowed down, and the file."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.models import SurveyAnswer, SurveyQuestion
from tests.factories import make_assistant, make_customer, make_session
from tests.sessions_app.histories import History

pytestmark = pytest.mark.django_db
PAGE, FILE = "/reports/survey/", "/reports/survey.csv"


@pytest.fixture
def as_(client):
    def as_(user):
        client.force_login(user)
        return client

    return as_


def rated(csr, customer, rating, *, assistant=None):
    session = make_session(csr)
    if assistant:
        make_assistant(session, assistant)
    one = make_customer(session, customer)
    end_session(session, by=session.primary)
    one.refresh_from_db()
    return answer_survey(one, solved="yes", rating=rating)


@pytest.fixture
def answers(policy, amal, bilal, faris):
    return [rated(amal, "Carol", 5, assistant=bilal), rated(faris, "=Omar()", 2)]


def test_csrs_read_the_answers_of_their_own_sessions_and_managers_all(as_, answers, amal, bilal, faris, dana, eve):
    carols, omars = answers

    def read(user):
        found = as_(user).get(PAGE).context
        return found["answers"], found["survey"].now.average_rating

    assert read(amal) == read(bilal) == ([carols], 5)
    assert read(faris) == ([omars], 2)
    assert read(dana) == ([omars, carols], 3.5)
    assert as_(eve).get(PAGE).status_code == 403


def test_representatives_are_compared_for_managers_alone(as_, answers, amal, dana):
    assert 'id="survey-by-csr"' in as_(dana).get(PAGE).content.decode()
    page = as_(amal).get(PAGE).content.decode()
    assert "Carol" in page
    assert 'id="survey-by-csr"' not in page


def test_answers_are_narrowed_down(as_, answers, amal, faris, dana):
    carols, omars = answers

    def found(user, **filters):
        return as_(user).get(PAGE, filters).context["answers"]

    assert found(dana, rating=5) == [carols]
    assert found(dana, csr=faris.pk) == [omars]
    assert found(dana, csr=faris.pk, rating=5) == []
    assert found(amal, csr=faris.pk) == [carols]
    assert found(dana, since="2020-01-01", until="2020-01-02") == []


def test_rating_narrows_the_list_but_not_the_figures(as_, answers, dana):
    assert as_(dana).get(PAGE, {"rating": 5}).context["survey"].now.ratings == 2


@pytest.mark.parametrize("wrong", [{"rating": 6}, {"csr": "x"}, {"since": "2026-02-30"}, {"since": "1990-01-01"}])
@pytest.mark.parametrize("path", [PAGE, FILE])
def test_wrong_filters_are_refused_with_a_sentence(as_, answers, dana, path, wrong):
    answer = as_(dana).get(path, wrong)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_file_has_the_answers_of_the_page_and_no_formula(as_, answers, faris, dana):
    head, *rows = csv.reader(as_(dana).get(FILE).getvalue().decode("utf-8-sig").splitlines())
    session = answers[1].participant.session
    assert head[0] == "Session number"
    assert [row[2:] for row in rows] == [["Faris", "'=Omar()", "2", "Yes", ""], ["Amal", "Carol", "5", "Yes", ""]]
    assert rows[0][0] == session.number
    (row,) = list(csv.reader(as_(faris).get(FILE).getvalue().decode("utf-8-sig").splitlines()))[1:]
    assert row[4] == "2"


def test_file_has_a_column_for_each_question_and_no_formula(as_, answers, dana):
    carols, omars = answers
    easy = SurveyQuestion.objects.create(kind="scale", text="Easy?")
    about = SurveyQuestion.objects.create(kind="choice", text="About what?", choices="Printer\nNetwork")
    device = SurveyQuestion.objects.create(kind="text", text="Which device?")
    SurveyQuestion.objects.create(kind="text", text="Never answered?")
    answer_survey(carols.participant, replies={easy.pk: "4", about.pk: "1", device.pk: "=1+1"}, remark="=2+2")
    SurveyAnswer.objects.filter(pk=omars.pk).update(solved="")
    head, *rows = csv.reader(as_(dana).get(FILE).getvalue().decode("utf-8-sig").splitlines())
    assert head[5:] == ["Is the problem solved?", "Anything else?", "Easy?", "About what?", "Which device?"]
    assert [row[5:] for row in rows] == [
        ["Not answered", "", "", "", ""],
        ["Yes", "'=2+2", "4", "Network", "'=1+1"],
    ]
    page = as_(dana).get(PAGE).content.decode()
    assert "Easy? (average: 4)" in page
    assert "=2+2" in page


def test_as_many_queries_however_many_answers(as_, client, answers, dana):
    as_(dana)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE, {"before": answers[0].participant_id + 10_000}).status_code == 200
        return len(captured)

    queries()
    few = queries()
    History(3).add(40)
    assert queries() == few <= 10
