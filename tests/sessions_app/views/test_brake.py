"""E50: one person's changes to a session have a pace, whatever the verb and however many pages send them."""

import pytest

from sessions_app.actions.lifecycle.join import join_session
from sessions_app.rules.seats import seat_cookie
from sessions_app.views.access import BRAKE
from sessions_app.views.check import REPORTS
from tests.factories import be_here

pytestmark = pytest.mark.django_db
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def carols(client, session):
    carol, seat = join_session(session, name="Carol")
    be_here(carol)
    client.cookies[seat_cookie(session.key)] = seat
    return lambda verb, **fields: client.post(f"/support/{session.key}/{verb}/", fields, **JSON)


def brake(send):
    for _ in range(BRAKE.amount):
        answer = send("can", voice="yes")
    assert answer.status_code == 204


def test_person_who_goes_on_and_on_has_to_wait(carols, session):
    brake(carols)
    answer = carols("can", voice="no")
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_fast")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert carols("messages", text="Hello", client_id="c1").status_code == 429
    assert session.participants.get(name="Carol").can["voice"]


def test_pages_are_read_and_people_leave_whatever_they_did(carols, client, session):
    brake(carols)
    assert client.get(f"/support/{session.key}/").status_code == 200
    assert carols("leaving", page="x", secret="y").status_code == 204
    assert carols("leave").status_code == 200
    assert session.participants.get(name="Carol").left_at


def test_brake_is_each_persons_own(carols, client, session, amal):
    brake(carols)
    client.force_login(amal)
    assert client.post(f"/sessions/{session.key}/can/", {"voice": "yes"}, **JSON).status_code == 204


def test_device_that_changes_all_the_time_is_noted_at_its_own_pace_and_the_chat_goes_on(carols, session):
    """Over all pages that one person has, not for each of them."""
    codes = [carols("device", rtt=number).status_code for number in range(1, REPORTS.amount + 2)]
    assert codes == [204] * REPORTS.amount + [429]
    assert session.participants.get(name="Carol").device == {"rtt": REPORTS.amount}
    brake(carols)


def test_file_that_comes_in_many_blocks_is_not_braked(carols, session):
    brake(carols)
    # Another refusal than the brake's: this is no block.
    assert carols("files/1/blocks").status_code == 422
