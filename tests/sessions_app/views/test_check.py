"""The connection check: its pages, leave to try the relay, and what the representatives see of it."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from invitations.actions.invite import invite_by_email
from invitations.rules.links import join_token
from sessions_app.actions.presence.device import note_device
from sessions_app.rules.relay_pass import OF_ONE, PASS_SECONDS, holder_of, relay_pass
from supportcenter import clock
from tests.sessions_app.views.asking import FETCH
from tests.webacd.factories import make_queue
from webacd.actions.entering.enter import enter_queue
from webacd.rules.places import place_cookie

pytestmark = pytest.mark.django_db
PHONE = {"browser": "safari", "version": 18, "system": "ios", "phone": "yes", "screen": "no", "camera": "present"}


@pytest.fixture
def relay(settings):
    settings.TURN_URLS = ["turn:relay.test?transport=udp"]
    settings.TURN_SECRET, settings.STUN_URLS = "secret", ["stun:stun.test"]


def asked(text, browser=None, **more):
    return (browser or Client()).post(reverse("check_relay"), {"pass": text}, headers=FETCH, **more)


# ---- The relay


@pytest.mark.usefixtures("relay")
def test_relay_is_tried_with_credentials_that_are_good_for_a_minute():
    answer = asked(relay_pass("invitation.7"))

    [server] = answer.json()["ice_servers"]
    until, _colon, who = server["username"].partition(":")
    assert (server["urls"], who) == (["turn:relay.test?transport=udp"], "check.invitation.7")
    assert abs(int(until) - clock.now().timestamp() - 60) < 30
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("text", ["", "invitation.7", "invitation.7:1:x", "signed for something else"])
def test_relay_is_not_told_without_a_pass(text):
    if text.startswith("signed"):
        text = signing.TimestampSigner().sign("invitation.7")
    answer = asked(text)
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "check_is_over")


def test_pass_is_good_for_an_hour():
    assert holder_of(relay_pass("invitation.7")) == "invitation.7"
    assert holder_of(made_before("invitation.7", seconds=PASS_SECONDS - 60)) == "invitation.7"
    assert holder_of(made_before("invitation.7", seconds=PASS_SECONDS + 1)) is None


def made_before(holder, *, seconds):
    class Then(signing.TimestampSigner):
        def timestamp(self):
            return signing.b62_encode(signing.b62_decode(super().timestamp()) - seconds)

    return Then(salt="relay-check").sign(holder)


@pytest.mark.usefixtures("relay")
def test_relay_is_tried_so_often_by_one_address_and_others_are_not_in_the_way():
    text = relay_pass("supportsession.7")
    codes = [asked(text).status_code for _try in range(OF_ONE.amount + 1)]
    assert codes == [200] * OF_ONE.amount + [429]
    assert asked(text, REMOTE_ADDR="198.51.100.7").status_code == 200


@pytest.mark.usefixtures("relay")
def test_only_pages_behind_something_have_a_pass(session, seat, carol):
    invitation = invite_by_email(
        session, email="carol@example.com", language="en", recipient="customer", by=session.primary
    )
    by_link = reverse("join_by_link", args=[join_token(session, "customer")])
    holders = {
        reverse("open_invitation", args=[invitation.token]): f"invitation.{invitation.pk}",
        by_link: f"supportsession.{session.pk}",
        reverse("check"): None,
        reverse("join"): None,
        reverse("home"): None,
        reverse("queue_entry", args=[make_queue("help").slug]): None,
    }
    found = {path: holder_of(pass_in(Client().get(path))) for path in holders}
    assert found == holders

    carol.admitted_at = None
    carol.save()
    lobby = seat.get(reverse("remote_support", args=[session.key]))
    assert holder_of(pass_in(lobby)) == f"participant.{carol.pk}"


@pytest.mark.usefixtures("relay")
def test_place_in_a_queue_has_a_pass(client):
    waiting, place = enter_queue(make_queue("help"), name="Carol")
    client.cookies[place_cookie(waiting.key)] = place
    page = client.get(reverse("waiting", args=[waiting.key]))
    assert holder_of(pass_in(page)) == f"supportrequest.{waiting.pk}"


AFTER_NUMBER = "This is checked after you enter your session number."
WHILE_WAITING = "This is checked while you wait."
IN_SESSION = "This is checked when you join a session."


@pytest.mark.usefixtures("relay")
def test_pages_without_a_pass_say_when_the_relay_is_tried(session):
    said = {
        reverse("join"): [AFTER_NUMBER],
        reverse("home"): [AFTER_NUMBER],
        reverse("queue_entry", args=[make_queue("help").slug]): [WHILE_WAITING],
        reverse("check"): [IN_SESSION],
        reverse("join_by_link", args=[join_token(session, "customer")]): [],
    }
    assert {path: sentences_of(Client().get(path)) for path in said} == said


def test_without_a_relay_no_page_promises_to_try_one():
    assert sentences_of(Client().get(reverse("join"))) == ["They go directly from device to device"]


def sentences_of(answer):
    page = answer.content.decode()
    those = (AFTER_NUMBER, WHILE_WAITING, IN_SESSION, "They go directly from device to device")
    return [sentence for sentence in those if sentence in page]


def pass_in(answer):
    assert answer.status_code == 200
    return answer.content.decode().partition('data-relay-pass="')[2].partition('"')[0]


# ---- What was found


def test_customer_reports_and_only_known_words_are_kept(seat, session, carol):
    answer = seat.post(reverse("customer_device", args=[session.key]), {"phone": "yes", "rtt": "43", "evil": "<b>"})
    carol.refresh_from_db()
    assert (answer.status_code, carol.device) == (204, {"phone": "yes", "rtt": 43})


def test_in_the_lobby_they_report_too(seat, session, carol):
    carol.admitted_at = None
    carol.save()
    assert seat.post(reverse("customer_device", args=[session.key]), {"phone": "yes"}).status_code == 204


def test_representatives_see_it_among_the_participants_and_customers_do_not(desk, seat, session, carol):
    note_device(session, device=PHONE, by=carol)

    roster = desk.get(reverse("dashboard_region", args=[session.key, "roster"])).content.decode()
    assert "Phone: cannot share a screen, can show the camera" in roster
    assert "Safari 18 on iOS" in roster
    assert "Safari" not in seat.get(reverse("customer_region", args=[session.key, "roster"])).content.decode()


def test_it_is_kept_in_the_record(desk, session, carol):
    note_device(session, device=PHONE, by=carol)
    assert "Safari 18 on iOS" in desk.get(reverse("record", args=[session.key])).content.decode()
