import pytest
from django.urls import reverse

from sessions_app.errors import AskedTooOften, NotInControl
from tests.factories import latest, make_assistant, types
from tests.webacd.factories import close_all, inbox, make_agent
from webacd.actions.agents.ask_to_assist import ask_to_assist
from webacd.errors import AgentNotAvailable
from webacd.models import Agent
from webacd.queries.askable import askable

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(faris):
    return make_agent(faris)


def test_colleague_is_told_on_their_page_and_the_session_has_it_on_record(session, colleague):
    before, heard = len(types(session)), len(inbox(colleague))
    ask_to_assist(session, colleague, by=session.primary)
    asked = {"session": session.key, "number": session.number, "name": "Amal"}
    assert inbox(colleague)[heard:] == [("assist.asked", asked)]
    assert latest(session)[before:] == [("assistant.asked", {"name": "Faris"})]


def test_each_colleague_is_asked_once_in_a_while(session, colleague):
    ask_to_assist(session, colleague, by=session.primary)
    with pytest.raises(AskedTooOften):
        ask_to_assist(session, colleague, by=session.primary)
    assert types(session).count("assistant.asked") == 1


def test_who_has_no_page_open_or_is_here_is_neither_offered_nor_asked(session, colleague, bilal, bilal_agent):
    assert askable(session, by=session.primary) == [bilal_agent, colleague]
    make_assistant(session, bilal)
    close_all(colleague)
    assert askable(session, by=session.primary) == []
    for agent in (bilal_agent, colleague, Agent.objects.get(user=session.primary.user)):
        with pytest.raises(AgentNotAvailable):
            ask_to_assist(session, agent, by=session.primary)


def test_assistants_ask_nobody(session, colleague, bilal):
    with pytest.raises(NotInControl):
        ask_to_assist(session, colleague, by=make_assistant(session, bilal))


def test_panel_offers_colleagues_to_the_primary_alone(client, session, colleague, amal, bilal):
    make_assistant(session, bilal)
    url = reverse("dashboard_region", args=[session.key, "askable"])
    form = f'action="{reverse("ask_to_assist", args=[session.key, colleague.pk])}"'
    client.force_login(amal)
    assert form in client.get(url).content.decode()
    client.force_login(bilal)
    assert form not in client.get(url).content.decode()


def test_who_was_asked_comes_with_the_number(client, faris):
    client.force_login(faris)
    assert 'value="482913605"' in client.get(reverse("assist_session"), {"number": "482913605"}).content.decode()
