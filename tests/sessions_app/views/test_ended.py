"""The page after a session, as its representatives read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.activities.activities import report_running, start_activity
from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.models import SurveyQuestion
from sessions_app.queries.summary import CUSTOMERS_SHOWN, summary_of
from tests.factories import make_customer
from tests.sessions_app.views.asking import ask, send

pytestmark = pytest.mark.django_db


def ended_page(client, session):
    return client.get(reverse("dashboard", args=[session.key])).content.decode()


def test_plain_form_that_ends_leads_to_the_summary_and_on_to_the_record(desk, session, carol):
    answer = desk.post(reverse("end_session", args=[session.key]), follow=True)
    assert answer.redirect_chain == [(reverse("dashboard", args=[session.key]), 302)]
    page = answer.content.decode()
    assert "The session has ended" in page
    assert "Carol" in page
    assert reverse("record", args=[session.key]) in page


def test_summary_names_what_ran_and_not_what_was_only_asked_for(session, carol):
    say(session, text="Hello", client_id="one", by=carol)
    start_activity(session, "voice", by=session.primary)
    ran = ask(session, carol, "view_desktop")
    give_consent(session, ran, by=carol)
    report_running(session, ran, details={}, by=carol)
    ask(session, carol, "video")

    summary = summary_of(end_session(session, by=session.primary))

    assert [one.name for one in summary.customers] == ["Carol"]
    assert (summary.has_chat, summary.used) == (True, ["View customer's desktop", "Voice call"])


def test_summary_says_how_long_it_took(desk, session, clock):
    clock.forward(seconds=754)
    send(desk, "end_session", session)
    assert '<bdi class="digits" dir="ltr">12:34</bdi>' in ended_page(desk, session)


def test_answers_to_the_survey_stand_there_once_they_are_given(desk, session, carol):
    end_session(session, by=session.primary)
    assert "Not answered yet." in ended_page(desk, session)
    carol.refresh_from_db()
    answer_survey(carol, solved="partly", rating=4)
    page = ended_page(desk, session)
    assert "Not answered yet." not in page
    assert "Partly" in page
    assert "4 / 5" in page


def test_rating_alone_and_what_customers_add_to_it_are_read_in_full(desk, session, carol):
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    answer_survey(carol, rating=4)
    assert "Is the problem solved? Not answered" in " ".join(ended_page(desk, session).split())
    question = SurveyQuestion.objects.create(kind="text", text="Which device?")
    answer_survey(carol, remark="Thanks <all>", replies={question.pk: "Laptop"})
    page = ended_page(desk, session)
    assert "Thanks &lt;all&gt;" in page
    assert "Which device?" in page
    assert "Laptop" in page


def test_many_answers_cost_the_summary_no_more_queries_than_one(desk, policy, session, django_assert_num_queries):
    policy.max_customers = 3
    policy.save()
    customers = [make_customer(session, f"Customer {number}") for number in range(3)]
    questions = [SurveyQuestion.objects.create(kind="text", text=f"Question {number}") for number in range(2)]
    end_session(session, by=session.primary)

    def answer(customer):
        customer.refresh_from_db()
        answer_survey(customer, rating=4, remark="Thanks", replies={each.pk: "Laptop" for each in questions})

    answer(customers[0])
    with CaptureQueriesContext(connection) as with_one:
        assert ended_page(desk, session).count("Laptop") == 2
    for customer in customers[1:]:
        answer(customer)
    with django_assert_num_queries(len(with_one)):
        assert ended_page(desk, session).count("Laptop") == 6


def test_session_without_customers_says_so_and_asks_for_no_survey(desk, session):
    end_session(session, by=session.primary)
    page = ended_page(desk, session)
    assert "No customer joined." in page
    assert "Survey" not in page


def test_summary_shows_some_of_many_customers(policy, session):
    policy.max_customers = CUSTOMERS_SHOWN + 2
    policy.save()
    for number in range(CUSTOMERS_SHOWN + 2):
        make_customer(session, f"Customer {number}")
    customers = summary_of(session).customers
    assert (len(customers), customers.has_more) == (CUSTOMERS_SHOWN, True)
