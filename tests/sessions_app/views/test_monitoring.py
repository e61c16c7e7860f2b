"""Monitoring: the list of open sessions, and of it only what changed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import SupportSession
from supportcenter.asgi import websocket
from tests.factories import make_assistant, make_customer, make_person, make_session, make_team
from tests.realtime import in_database, open_page
from tests.sessions_app.views.asking import FETCH

ROWS = "/sessions/monitoring/rows/"


def shown(client, admin):
    """What the admin's page says that it shows."""
    client.force_login(admin)
    return client.get("/sessions/monitoring/").context["order"]


def rows(client, **asked):
    return client.get(ROWS, asked, headers=FETCH).json()


def test_admin_sees_every_open_session_and_who_is_in_it(client, dana, session, carol):
    client.force_login(dana)

    page = client.get("/sessions/monitoring/").content.decode()

    assert session.number_in_threes in page
    assert "Amal" in page
    assert "Carol" in page


def test_admin_ends_a_session(client, dana, session):
    client.force_login(dana)

    client.post(f"/sessions/monitoring/{session.key}/end/")

    session.refresh_from_db()
    assert session.end_reason == "ended_by_admin"


def test_monitoring_is_for_admins(client, session, bilal):
    client.force_login(bilal)

    assert client.get("/sessions/monitoring/").status_code == 403
    assert client.post(f"/sessions/monitoring/{session.key}/end/").status_code == 403
    session.refresh_from_db()
    assert session.is_open


def test_row_is_told_alone(client, dana, session, carol):
    order = shown(client, dana)
    other = make_session(make_person("faris"))

    told = rows(client, keys=f"{session.key},nonsense", order=order)

    assert list(told["rows"]) == [session.key]
    assert "Carol" in told["rows"][session.key]
    assert other.key not in told["rows"]


def test_page_that_still_shows_what_it_should_is_told_no_order(client, dana, session, carol):
    assert list(rows(client, keys=session.key, order=shown(client, dana))) == ["rows"]


def test_page_is_told_what_it_should_show_when_a_session_begins_or_ends(client, dana, session):
    order = shown(client, dana)
    other = make_session(make_person("faris"))

    told = rows(client, keys=other.key, order=order)
    assert told["keys"] == [session.key, other.key]
    assert list(told["rows"]) == [other.key]
    assert told["order"] == shown(client, dana) != order

    end_session(session, by=session.primary)
    told = rows(client, keys=session.key, order=told["order"])
    assert (told["rows"], told["keys"]) == ({}, [other.key])


def test_page_of_the_list_keeps_its_bounds(client, dana, amal):
    number = range(100_000_000, 100_000_000 + 60)
    sessions = SupportSession.objects.bulk_create(
        SupportSession(number=f"{n:09}", key=f"key-{n}", starter=amal) for n in number
    )
    first, later = [one.key for one in sessions[:50]], [one.key for one in sessions[50:]]
    order = shown(client, dana)
    assert rows(client, keys=",".join(later), order=order) == {"rows": {}}

    SupportSession.objects.filter(key=first[0]).delete()
    told = rows(client, keys=first[0], order=order)
    assert told["keys"] == [*first[1:], later[0]]
    # The ways to other pages lead on from the row that has come, and name nothing of this request.
    assert f"?open=after-{sessions[50].pk}#" in told["pages"]
    assert "order=" not in told["pages"]

    second = rows(client, open=f"after-{sessions[50].pk}", keys=later[1], order="")
    assert second["keys"] == later[1:]
    assert list(second["rows"]) == [later[1]]


def test_change_costs_the_same_statements_however_many_sessions_run(client, dana, session):
    def statements():
        order = shown(client, dana)
        with CaptureQueriesContext(connection) as asked:
            rows(client, keys=session.key, order=order)
        return [one["sql"] for one in asked]

    with_one = statements()
    for number in range(5):
        make_customer(make_session(make_person(f"csr-{number}")))
    with_six = statements()
    assert len(with_six) == len(with_one) <= 8, with_six


def test_rows_are_for_who_is_an_admin_now(client, dana, session):
    shown(client, dana)
    dana.is_superuser = False
    dana.save()
    assert client.get(ROWS, {"keys": session.key}, headers=FETCH).status_code == 403


@pytest.mark.django_db(transaction=True)
async def test_admin_hears_which_session_has_changed(dana, bilal, session):
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    admin, csr = await in_database(sign_in, dana), await in_database(sign_in, bilal)
    async with (
        open_page(websocket, "/ws/monitoring/", client=admin) as page,
        open_page(websocket, "/ws/monitoring/", client=csr, after=None) as turned_away,
    ):
        await turned_away.expect_refusal("not_an_admin")
        # What the list does not show changes no list.
        await in_database(say, session, text="Hello", client_id="c1", by=session.primary)
        await in_database(make_assistant, session, bilal)
        signal = await page.next_signal()
        assert signal["type"] == "sessions.changed"
        assert signal["data"] == {"session": session.key, "event": "participant.joined"}


@pytest.fixture
def lead(amal):
    lead = make_person("lina")
    make_team("Billing", amal, lead=lead)
    return lead


def shown_keys(client, user):
    client.force_login(user)
    return [one.key for one in client.get("/sessions/monitoring/").context["page"].rows]


def test_lead_watches_the_sessions_that_the_team_is_or_was_in_and_no_others(client, lead, amal, dana, session):
    others = make_session(make_person("faris"))
    assisted = make_session(make_person("ciro"))
    leave_session(assisted, by=make_assistant(assisted, amal))
    own = make_session(lead)

    assert shown_keys(client, lead) == [session.key, assisted.key, own.key]
    assert shown_keys(client, dana) == [session.key, others.key, assisted.key, own.key]


def test_lead_is_offered_no_way_to_end_a_session_and_is_refused_one(client, lead, session, dana):
    client.force_login(lead)
    page = client.get("/sessions/monitoring/").content.decode()

    assert f"/sessions/monitoring/{session.key}/end/" not in page
    assert client.post(f"/sessions/monitoring/{session.key}/end/").status_code == 403
    client.force_login(dana)
    assert f"/sessions/monitoring/{session.key}/end/" in client.get("/sessions/monitoring/").content.decode()


def test_lead_is_told_no_row_of_others(client, lead, session):
    others = make_session(make_person("faris"))
    told = rows(client, keys=f"{session.key},{others.key}", order=shown(client, lead))
    assert list(told["rows"]) == [session.key]


def test_lead_who_is_no_representative_any_more_watches_nothing(client, lead, session):
    lead.csr_privileges.delete()
    client.force_login(lead)
    assert client.get("/sessions/monitoring/").status_code == 403


def test_member_of_a_team_watches_nothing(client, lead, amal, session):
    client.force_login(amal)
    assert client.get("/sessions/monitoring/").status_code == 403


def test_lead_pays_one_query_more_than_an_admin(client, lead, dana, session):
    counted = {}
    for user in (dana, lead):
        client.force_login(user)
        # The first page of a sign-in notes where it is.
        client.get("/sessions/monitoring/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/sessions/monitoring/").status_code == 200
        counted[user.username] = len(asked)
    assert counted["lina"] == counted["dana"] + 1
