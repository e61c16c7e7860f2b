"""Asking a queue for help (E64): the dialog, how it stands, and the question on the pages of those who are asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.lifecycle.join import join_session
from sessions_app.rules.seats import seat_cookie
from tests.factories import be_here
from tests.webacd.factories import inbox as heard_by
from tests.webacd.factories import make_agent, make_queue
from tests.webacd.views.asking import FETCH, code, post
from webacd.actions.helping.answer import join_to_help, say_not_now
from webacd.actions.helping.ask import ask_for_help
from webacd.models import Agent, HelpRequest
from webacd.queries.help_requests import questions_to

pytestmark = pytest.mark.django_db
MESSAGE = "Which <form> is it?"


@pytest.fixture
def session(session, amal_agent):
    """Amal controls it, who is an agent."""
    return session


@pytest.fixture
def billing(bilal, faris):
    return make_queue("billing", name_ar="الفواتير", agents=[make_agent(bilal), make_agent(faris)])


@pytest.fixture
def asked(session, billing):
    return ask_for_help(session, billing, message=MESSAGE, by=session.primary)


def page(client, name, *args, **more):
    return " ".join(client.get(reverse(name, args=args), **more).content.decode().split())


def standing(client, session, **more):
    return page(client, "dashboard_region", session.key, "help", **more)


def test_primary_asks_and_sees_how_it_stands(desk, session, billing):
    shown = page(desk, "dashboard", session.key)
    assert "Ask a queue for help" in shown
    queues = page(desk, "ask_queue", session.key)
    assert "Billing" in queues
    assert "disabled" not in queues
    response = post(desk, "ask_queue", session.key, queue=billing.pk, message=MESSAGE)
    assert response.status_code == 200
    told = "Asked 2 agents of <bdi>Billing</bdi> for help."
    assert told in standing(desk, session)
    # The page asks for it once it has loaded.
    assert reverse("dashboard_region", args=[session.key, "help"]) in page(desk, "dashboard", session.key)
    assert "طُلبت المساعدة من وكيلين في <bdi>الفواتير</bdi>." in standing(
        desk, session, headers={"accept-language": "ar"}
    )
    assert post(desk, "cancel_help", session.key).status_code == 200
    assert standing(desk, session) == ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "one_queue_only"),
        ({"queue": ["1", "2"]}, "one_queue_only"),
        ({"queue": "999"}, "queue_unknown"),
        ({"queue": "x"}, "queue_unknown"),
        ({"queue": "9" * 5000}, "queue_unknown"),
        ({"queue": "EMPTY"}, "no_one_to_ask"),
        ({"queue": "BILLING", "message": "x" * 346}, "message_too_long"),
        ({"queue": "BILLING", "message": "x\0"}, "message_unreadable"),
    ],
)
def test_bad_input_has_its_own_sentence_and_changes_nothing(desk, session, billing, fields, expected):
    known = {"EMPTY": make_queue("empty").pk, "BILLING": billing.pk}
    fields = {name: known.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}
    response = post(desk, "ask_queue", session.key, **fields)
    assert code(response) == expected
    assert response.json()["error"]["message"]
    assert not HelpRequest.objects.exists()


def test_it_is_hidden_from_and_refused_to_who_is_no_agent(desk, session, billing, amal):
    Agent.objects.filter(user=amal).delete()
    assert "Ask a queue for help" not in page(desk, "dashboard", session.key)
    assert desk.get(reverse("ask_queue", args=[session.key])).status_code == 403
    assert code(post(desk, "ask_queue", session.key, queue=billing.pk)) == "not_an_agent"


def test_who_is_asked_reads_it_on_any_page_also_after_a_reload(client, asked, bilal):
    client.force_login(bilal)
    for shown in (page(client, "inbox"), page(client, "inbox_region", "console"), page(client, "inbox_region", "help")):
        assert "<bdi>Amal</bdi> asks for help" in shown
        assert "Which &lt;form&gt; is it?" in shown
        assert "<bdi>Billing</bdi>" in shown


def test_first_yes_opens_the_session_and_the_late_one_is_told_kindly(client, session, asked, bilal, faris):
    mine, other = questions_to(bilal.agent)[0], questions_to(faris.agent)[0]
    client.force_login(bilal)
    assert post(client, "join_to_help", mine.pk).json() == {"session": session.key}
    helper = session.participants.get(user=bilal)
    be_here(helper)
    shown = standing(client, session)
    assert "<bdi>Amal</bdi> asked for your help." in shown
    assert "Which &lt;form&gt; is it?" in shown
    client.force_login(faris)
    response = post(client, "join_to_help", other.pk)
    assert (response.status_code, code(response)) == (409, "help_taken")
    assert response.json()["error"]["message"] == "Bilal was a moment faster and is helping now. Thank you!"
    assert "asks for help" not in page(client, "inbox_region", "help")


def test_primary_reads_who_came_for_a_while(desk, session, asked, bilal, clock):
    join_to_help(questions_to(bilal.agent)[0], by=bilal)
    assert "<bdi>Bilal</bdi> joined to help you." in standing(desk, session)
    clock.forward(seconds=121)
    assert standing(desk, session) == ""


def test_primary_reads_that_no_one_could(desk, session, asked, bilal, faris):
    for user in (bilal, faris):
        say_not_now(questions_to(user.agent)[0], by=user)
    shown = standing(desk, session)
    assert "No one in <bdi>Billing</bdi> could help." in shown
    assert "Ask again" in shown


def test_not_now(client, session, asked, bilal):
    client.force_login(bilal)
    mine = questions_to(bilal.agent)[0]
    assert post(client, "help_not_now", mine.pk).status_code == 200
    assert "asks for help" not in page(client, "inbox")
    # Without a script it leads to the inbox.
    assert client.post(reverse("help_not_now", args=[mine.pk])).url == reverse("inbox")


def test_question_to_another_is_none(client, asked, bilal, faris):
    client.force_login(faris)
    for name in ("join_to_help", "help_not_now"):
        assert code(post(client, name, questions_to(bilal.agent)[0].pk)) == "not_asked"


def test_customer_is_drawn_nothing_of_it(client, session, asked):
    _carol, seat = join_session(session, name="Carol")
    client.cookies[seat_cookie(session.key)] = seat
    shown = page(client, "remote_support", session.key)
    for word in ("Which &lt;form&gt;", "Billing", "help-dialog", "asked for help", "data-help"):
        assert word not in shown
    url = reverse("customer_region", args=[session.key, "help"])
    assert client.get(url, **FETCH).status_code == 404


def test_record_tells_it_in_the_language_of_the_page(desk, session, asked, bilal):
    join_to_help(questions_to(bilal.agent)[0], by=bilal)
    shown = page(desk, "record", session.key)
    assert "<bdi>Amal</bdi> asked agents of <bdi>Billing</bdi> for help." in shown
    assert "<bdi>Bilal</bdi> came to help." in shown
    arabic = page(desk, "record", session.key, headers={"accept-language": "ar"})
    assert "طلب <bdi>Amal</bdi> المساعدة من وكلاء <bdi>الفواتير</bdi>." in arabic


def test_it_costs_agents_one_query_and_others_none(desk, session, amal):
    url = reverse("dashboard_region", args=[session.key, "help"])

    def queries():
        desk.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url).status_code == 200
        return len(captured)

    as_an_agent = queries()
    Agent.objects.filter(user=amal).delete()
    assert queries() == as_an_agent - 1


def test_agents_stream_carries_neither_message_nor_number(asked, session, bilal):
    told = str(heard_by(bilal.agent))
    assert MESSAGE not in told
    assert session.number not in told
