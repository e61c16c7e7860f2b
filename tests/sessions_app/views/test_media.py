"""Activities, consents and the way to the relay over HTTP, at both doors."""

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from sessions_app.actions.activities.activities import report_running, request_activity, start_activity, stop_activity
from sessions_app.actions.activities.consent import decline, give_consent
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.presence import equip
from sessions_app.models import Activity
from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.capabilities import Capability
from tests.factories import latest, make_assistant, make_customer, types

pytestmark = pytest.mark.django_db
FETCH = {"x-requested-with": "fetch"}


@pytest.fixture
def desk(client, amal, session):
    """Amal's browser."""
    client.force_login(amal)
    return client


@pytest.fixture
def seat(session, carol):
    """Carol's browser."""
    from django.test import Client

    client = Client()
    client.cookies[seat_cookie(session.key)] = carol.new_seat()
    return client


def send(browser, name, session, *args, **fields):
    return browser.post(reverse(name, args=[session.key, *args]), fields, headers=FETCH)


def ask(session, carol, kind="view_desktop"):
    return request_activity(session, kind, carol, by=session.primary)


def test_asking_allowing_running_stopping(desk, seat, session, carol):
    asked = send(desk, "request_activity", session, kind="view_desktop").json()
    assert asked == {"activity": asked["activity"], "state": "requested"}
    pk = asked["activity"]

    assert send(seat, "allow_activity", session, pk).json()["state"] == "allowed"
    assert send(seat, "customer_running", session, pk, surface="window", label="Private").json()["state"] == "running"
    assert Activity.objects.get(pk=pk).details == {"surface": "window"}

    assert send(desk, "stop_activity", session, pk).json()["state"] == "stopped"
    assert latest(session)[-1][1]["reason"] == "stopped"


def test_declining_and_allowing_everything(desk, seat, session, carol):
    declined = ask(session, carol)
    assert send(seat, "decline_activity", session, declined.pk).json()["state"] == "stopped"

    send(seat, "allow_activity", session, ask(session, carol).pk, standing="yes")
    assert ask(session, carol, "video").state == "allowed"
    send(seat, "withdraw_consent", session)
    assert types(session).count("consent.withdrawn") == 1


def test_customer_who_answers_a_call_has_that_on_record_once(seat, session, carol):
    call = start_activity(session, "voice", by=session.primary)
    for _again in range(2):
        assert send(seat, "answer_call", session, call.pk).json()["state"] == "running"
    told = [data for event, data in latest(session) if event == "consent.answered"]
    assert [(each["activity"], each["answer"]) for each in told] == [(call.pk, "allowed")]

    send(seat, "customer_stop_activity", session, call.pk)
    stop_activity(session, call, by=session.primary)
    assert send(seat, "answer_call", session, call.pk).json()["error"]["code"] == "request_over"


def test_customer_who_declines_a_call_has_that_on_record_once(seat, session, carol):
    call = start_activity(session, "voice", by=session.primary)
    for _again in range(2):
        assert send(seat, "customer_decline_call", session, call.pk).json()["state"] == "running"
    told = [data for event, data in latest(session) if event == "consent.answered"]
    assert [(each["customer"], each["activity"], each["answer"]) for each in told] == [(carol.pk, call.pk, "declined")]

    # Minds change.
    send(seat, "answer_call", session, call.pk)
    assert list(carol.consents_given.values_list("answer", flat=True)) == ["declined", "allowed"]


def test_assistant_who_declines_a_call_is_on_record_once(client, bilal, session):
    assistant = make_assistant(session, bilal)
    client.force_login(bilal)
    call = start_activity(session, "voice", by=session.primary)
    for _again in range(2):
        assert send(client, "decline_call", session, call.pk).json()["state"] == "running"
    told = [data for event, data in latest(session) if event == "call.declined"]
    assert told == [{"activity": call.pk, "participant": assistant.pk, "name": assistant.name}]


def test_a_call_that_is_over_or_ones_own_cannot_be_declined(desk, seat, session, carol):
    call = start_activity(session, "voice", by=session.primary)
    assert send(desk, "decline_call", session, call.pk).json()["error"]["code"] == "not_yours"
    video = start_activity(session, "video", by=session.primary)
    assert send(seat, "customer_decline_call", session, video.pk).json()["error"]["code"] == "request_over"
    stop_activity(session, call, by=session.primary)
    assert send(seat, "customer_decline_call", session, call.pk).json()["error"]["code"] == "request_over"


def test_own_screen_starts_with_what_was_really_chosen(desk, session, carol):
    send(desk, "start_activity", session, kind="share_desktop", surface="monitor")
    assert Activity.objects.get().details == {"surface": "monitor"}

    send(desk, "start_activity", session, kind="share_application", surface="<b>")
    assert Activity.objects.latest("pk").details == {}


def test_browsers_no_is_told_with_its_reason(seat, session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)

    send(seat, "customer_stop_activity", session, activity.pk, failure="dismissed")

    told = latest(session)[-1][1]
    assert (told["reason"], told["failure"]) == ("failed", "dismissed")


def test_reason_of_failure_is_the_owners_to_tell(desk, session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)

    send(desk, "stop_activity", session, activity.pk, failure="denied")

    told = latest(session)[-1][1]
    assert told["reason"] == "stopped"
    assert "failure" not in told


def test_choosing_again_after_a_reload_is_told(session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)
    report_running(session, activity, details={"surface": "window"}, by=carol)
    report_running(session, activity, details={"surface": "monitor"}, by=carol)

    started = [data["details"] for event, data in latest(session) if event == "activity.started"]
    assert started == [{"surface": "window"}, {"surface": "monitor"}]


@pytest.mark.parametrize("kind", ["teleport", ""])
def test_unknown_kind_is_not_found(desk, session, carol, kind):
    assert send(desk, "request_activity", session, kind=kind).status_code == 404


def test_asking_nobody_is_refused(desk, session):
    answer = send(desk, "request_activity", session, kind="view_desktop")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_participant")


def test_activity_of_another_session_is_not_found(seat, session, carol, bilal):
    from tests.factories import make_session

    other = make_session(bilal)
    elsewhere = start_activity(other, "voice", by=other.primary)
    assert send(seat, "customer_stop_activity", session, elsewhere.pk).status_code == 404


def test_strangers_find_nothing(client, session, carol, eve):
    client.force_login(eve)
    for name in ("csr_ice", "customer_ice"):
        assert client.get(reverse(name, args=[session.key])).status_code == 404
    assert send(client, "request_activity", session, kind="view_desktop").status_code == 404
    assert send(client, "withdraw_consent", session).status_code == 404


def test_changes_are_posts(desk, session):
    for name in ("request_activity", "start_activity"):
        assert desk.get(reverse(name, args=[session.key])).status_code == 405


def test_relay_is_told_to_whoever_is_in(desk, seat, session, carol, settings):
    settings.TURN_URLS, settings.TURN_SECRET, settings.STUN_URLS = ["turn:relay.test"], "secret", []

    for browser, name, who in ((desk, "csr_ice", session.primary), (seat, "customer_ice", carol)):
        answer = browser.get(reverse(name, args=[session.key]), headers=FETCH)
        [server] = answer.json()["ice_servers"]
        assert server["username"].endswith(f":{who.event_key}")
        assert "no-store" in answer["Cache-Control"]


def test_relay_is_not_told_in_the_lobby_nor_after_leaving(seat, session, carol, policy):
    carol.admitted_at = None
    carol.save()
    answer = seat.get(reverse("customer_ice", args=[session.key]), headers=FETCH)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_admitted")

    leave_session(session, by=carol)
    assert seat.get(reverse("customer_ice", args=[session.key]), headers=FETCH).status_code == 410


def test_page_starts_from_what_runs(seat, session, carol):
    share = start_activity(session, "share_desktop", details={"surface": "window"}, by=session.primary)
    activities = seat.get(reverse("remote_support", args=[session.key])).context["media"].snapshot_json

    assert json.loads(activities) == [
        {
            "activity": share.pk,
            "kind": "share_desktop",
            "state": "running",
            "owner": session.primary.pk,
            "owner_name": "Amal",
            "requested_by": session.primary.pk,
            "details": {"surface": "window"},
        }
    ]


def test_customer_is_told_who_asks_and_how_many_will_see(seat, session, carol, bilal):
    make_assistant(session, bilal)
    make_customer(session, "Omar")
    ask(session, carol)

    page = seat.get(reverse("customer_region", args=[session.key, "media_bar"])).content.decode()
    assert "asks to see your screen" in page
    assert "3 other people will see it" in page


def test_phone_is_found_out_before_asking(desk, session, carol):
    equip(session, can={"screen": False, "camera": True, "phone": True}, by=carol)

    page = desk.get(reverse("dashboard_region", args=[session.key, "tools"])).content.decode()
    assert "cannot share its screen" in page
    assert "Ask for the camera instead" in page


def test_what_is_switched_off_has_no_button(desk, session, carol, policy):
    policy.switched_off = ["share_desktop", "voice"]
    policy.save()

    page = desk.get(reverse("dashboard_region", args=[session.key, "tools"])).content.decode()
    assert "Share my desktop" not in page
    assert "Voice call" not in page
    assert "Share my application" in page


def test_assistant_is_offered_no_control_function(client, session, carol, bilal):
    make_assistant(session, bilal)
    client.force_login(bilal)

    page = client.get(reverse("dashboard_region", args=[session.key, "tools"])).content.decode()
    assert "data-share-mine" not in page
    assert "request" not in page.split("panel-desktop")[1].split("panel-application")[0].replace("representative", "")


def test_receipt_can_be_saved_after_the_end(desk, seat, session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)
    send(desk, "end_session", session)

    page = seat.get(reverse("remote_support", args=[session.key])).content.decode()
    assert "What you were asked" in page
    assert "css/consents.css" in page
    receipt = seat.get(reverse("save_receipt", args=[session.key]))
    assert receipt["Content-Disposition"].startswith("attachment")
    assert "desktop · asked by Amal · your answer: allowed" in receipt.content.decode()


def test_receipt_says_of_a_declined_call_not_how_long_the_others_talked(desk, seat, session, carol):
    call = start_activity(session, Capability.VOICE, by=session.primary)
    send(seat, "customer_decline_call", session, call.pk)
    send(desk, "end_session", session)
    receipt = seat.get(reverse("save_receipt", args=[session.key])).content.decode()
    (line,) = [line for line in receipt.splitlines() if "asked by Amal" in line]
    assert line.endswith("your answer: declined")
    page = seat.get(reverse("remote_support", args=[session.key])).content.decode()
    ledger = page[page.index('class="ledger"') : page.index("</ul>", page.index('class="ledger"'))]
    assert ledger.count("<time") == 1


def test_receipt_says_who_asked_and_what_the_customer_answered(seat, session, carol):
    """Never that the representative has allowed it."""
    decline(session, ask(session, carol), by=carol)
    give_consent(session, ask(session, carol, Capability.VIEW_APPLICATION), standing=True, by=carol)
    lines = seat.get(reverse("save_receipt", args=[session.key])).content.decode().splitlines()
    assert [line.split("  ", 1)[1] for line in lines[3:] if line] == [
        "View customer's desktop · asked by Amal · your answer: declined",
        "View customer's application · asked by Amal · your answer: allowed",
        "Everything, for this session · for Amal · your answer: allowed for this session",
    ]
    page = " ".join(seat.get(reverse("remote_support", args=[session.key])).content.decode().split())
    assert "View customer&#x27;s desktop · asked by <bdi>Amal</bdi> </span> <strong>declined</strong>" in page
    standing = "Everything, for this session · for <bdi>Amal</bdi> </span> <strong>allowed for this session</strong>"
    assert standing in page


def test_receipt_prints_the_sites_time_and_says_so(seat, session, carol, settings, time_machine):
    settings.TIME_ZONE = "Asia/Riyadh"
    time_machine.move_to(datetime(2026, 11, 28, 9, 30, tzinfo=UTC), tick=False)
    decline(session, ask(session, carol), by=carol)
    receipt = seat.get(reverse("save_receipt", args=[session.key])).content.decode()
    assert "Times are those of the site: Asia/Riyadh." in receipt
    assert "\n2026-11-28 12:30:00  " in receipt
    assert "UTC" not in receipt
