import pytest
from django.test import Client

from sessions_app.actions.chat import say
from supportcenter.asgi import websocket
from tests.realtime import in_database, open_page


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


@pytest.mark.django_db(transaction=True)
async def test_admin_hears_that_something_changed(dana, bilal, session):
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
        await in_database(say, session, text="Hello", client_id="c1", by=session.primary)
        assert (await page.next_signal())["type"] == "sessions.changed"
