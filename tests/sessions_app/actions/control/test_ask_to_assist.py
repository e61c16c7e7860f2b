from datetime import time

import pytest
from django.urls import reverse

from sessions_app.actions.control.ask_to_assist import ask_to_assist
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.notifications import choose_notifications
from sessions_app.actions.presence.csr_pages import close_page, note_seen, open_page
from sessions_app.errors import AskedTooOften, ColleagueNotHere, NotInControl
from sessions_app.jobs import find_silent
from sessions_app.models import CsrPage
from sessions_app.queries.askable import askable
from supportcenter.accounts.quiet_hours import QuietHours
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live import SILENCE
from supportcenter.live.log.eventlog import events_after
from tests.factories import latest, make_assistant, types
from tests.push_service import device_of
from tests.webacd.factories import close_all, make_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(faris):
    """Of a colleague who is no agent: whatever page of the site they have open."""
    return open_page(faris)


def heard(user):
    return [(event.type, event.data) for event in events_after(user.stream, 0, audience="staff")]


def test_colleague_is_told_on_their_page_and_the_session_has_it_on_record(session, faris, page):
    before = len(types(session))
    ask_to_assist(session, faris, by=session.primary)
    asked = {"session": session.key, "number": session.number, "name": "Amal"}
    assert heard(faris) == [("assist.asked", asked)]
    assert latest(session)[before:] == [("assistant.asked", {"name": "Faris"})]


def test_each_colleague_is_asked_once_in_a_while(session, faris, page):
    ask_to_assist(session, faris, by=session.primary)
    with pytest.raises(AskedTooOften):
        ask_to_assist(session, faris, by=session.primary)
    assert types(session).count("assistant.asked") == 1


def test_who_has_no_page_open_or_is_here_is_neither_offered_nor_asked(session, amal, bilal, faris, page):
    open_page(amal)
    open_page(bilal)
    assert askable(session) == [bilal, faris]
    make_assistant(session, bilal)
    close_page(page)
    assert askable(session) == []
    for colleague in (bilal, faris, amal):
        with pytest.raises(ColleagueNotHere):
            ask_to_assist(session, colleague, by=session.primary)
    assert heard(faris) == []


def test_one_of_two_pages_is_enough(session, faris, page):
    other = open_page(faris)
    close_page(page)
    assert askable(session) == [faris]
    close_page(other)
    assert askable(session) == []


def test_page_whose_process_has_died_reaches_nobody(session, faris, page, clock):
    clock.forward(seconds=SILENCE.total_seconds() - 1)
    assert askable(session) == [faris]
    note_seen([page])
    clock.forward(seconds=SILENCE.total_seconds() - 1)
    assert askable(session) == [faris]
    clock.forward(seconds=2)
    assert askable(session) == []


def test_row_of_such_a_page_goes_in_the_end(page, clock):
    clock.forward(minutes=59)
    find_silent()
    assert CsrPage.objects.filter(pk=page).exists()
    clock.forward(minutes=2)
    find_silent()
    assert not CsrPage.objects.exists()


@pytest.mark.parametrize("change", ["disabled", "no_csr"])
def test_who_may_not_come_is_not_asked(session, faris, page, change):
    if change == "disabled":
        faris.is_active = False
        faris.save()
    else:
        faris.csr_privileges.delete()
    assert askable(session) == []
    with pytest.raises(ColleagueNotHere):
        ask_to_assist(session, faris, by=session.primary)


def test_agent_is_asked_on_the_pages_that_offers_come_to(session, faris):
    agent = make_agent(faris)
    assert askable(session) == [faris]
    ask_to_assist(session, faris, by=session.primary)
    assert [kind for kind, _data in heard(faris)] == ["agent.status", "assist.asked"]
    close_all(agent)
    assert askable(session) == []


def test_assistants_ask_nobody(session, faris, page, bilal):
    with pytest.raises(NotInControl):
        ask_to_assist(session, faris, by=make_assistant(session, bilal))


def test_panel_offers_colleagues_to_the_primary_alone(client, session, faris, page, amal, bilal):
    make_assistant(session, bilal)
    url = reverse("dashboard_region", args=[session.key, "askable"])
    form = f'action="{reverse("ask_to_assist", args=[session.key, faris.pk])}"'
    client.force_login(amal)
    assert form in client.get(url).content.decode()
    client.force_login(bilal)
    assert form not in client.get(url).content.decode()


def test_who_is_no_csr_cannot_be_asked(client, session, amal, eve):
    client.force_login(amal)
    assert client.post(reverse("ask_to_assist", args=[session.key, eve.pk])).status_code == 404


def test_who_was_asked_comes_with_the_number(client, faris):
    client.force_login(faris)
    assert 'value="482913605"' in client.get(reverse("assist_session"), {"number": "482913605"}).content.decode()


def test_question_reaches_the_colleagues_devices(session, faris, page, push_service):
    phone = device_of(faris, push_service)
    ask_to_assist(session, faris, by=session.primary)
    run_due()
    [shown] = phone.got
    assert shown["title"] == f"Amal asks you to assist in session {session.number_in_threes}."
    assert (shown["tag"], shown["url"]) == (f"asked-{session.number}", f"/sessions/assist/?number={session.number}")
    assert 0 < int(phone.headers[0]["TTL"]) <= 60


@pytest.mark.parametrize("change", ["ended", "joined", "handed on", "late", "quiet"])
def test_question_that_is_none_any_more_is_not_pushed(session, faris, bilal, page, push_service, clock, change):
    device_of(faris, push_service)
    ask_to_assist(session, faris, by=session.primary)
    if change == "ended":
        end_session(session, by=session.primary)
    elif change == "joined":
        make_assistant(session, faris)
    elif change == "handed on":
        session.primary = make_assistant(session, bilal)
        session.save()
    elif change == "quiet":
        all_day = QuietHours(time(0), time(23, 59), "UTC")
        choose_notifications(silent=[], unshown=[], quiet_hours=all_day, by=faris)
    clock.forward(seconds=61 if change == "late" else 0)
    assert push_service.asked == 0
