"""The way to the relay, and what pages show of live media."""

import json
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from sessions_app.actions.activities.activities import report_running, start_activity, stop_activity
from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.presence import equip
from tests.factories import make_assistant, make_customer
from tests.sessions_app.views.asking import FETCH, ask

pytestmark = pytest.mark.django_db


def test_relay_is_told_to_those_who_are_in(desk, seat, session, carol, settings):
    settings.TURN_URLS, settings.TURN_SECRET, settings.STUN_URLS = ["turn:relay.test"], "secret", []

    for browser, name, who in ((desk, "csr_ice", session.primary), (seat, "customer_ice", carol)):
        answer = browser.get(reverse(name, args=[session.key]), headers=FETCH)
        [server] = answer.json()["ice_servers"]
        assert server["username"].endswith(f":{who.event_key}")
        assert answer.json()["seconds"] == 600
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
    assert "wants to see your screen" in page
    assert "3 other people will see it" in page


def test_both_sides_draw_the_same_time_that_is_left_to_answer(desk, seat, session, carol, clock):
    activity = ask(session, carol)
    clock.forward(seconds=18)

    page = seat.get(reverse("customer_region", args=[session.key, "media_bar"])).content.decode()
    [asked] = desk.get(reverse("dashboard", args=[session.key])).context["media"].asked
    ring = render_to_string("sessions_app/media/_ring.html", {"activity": asked})
    for drawn in (page, ring):
        assert f'data-until="{activity.answer_until.isoformat()}" data-seconds="60"' in drawn
        assert '<span class="ring__seconds digits" aria-hidden="true" data-ring-seconds>42</span>' in drawn


def test_one_sentence_says_who_sees_what(seat, session, carol, bilal):
    def now():
        page = seat.get(reverse("customer_region", args=[session.key, "customer_status"])).content.decode()
        sentence = re.search(r'class="support__now">\s*<p>(.*?)</p>', page, re.DOTALL)[1]
        return " ".join(re.sub("[\u2068\u2069]|<.*?>", "", sentence).split())

    assert now() == "No one can see your screen unless you allow it."
    make_assistant(session, bilal)
    for surface, seen in [("monitor", "your entire screen"), ("window", "one window of yours"), ("", "what you share")]:
        share = ask(session, carol)
        give_consent(session, share, by=carol)
        report_running(session, share, details={"surface": surface}, by=carol)
        assert now() == f"Amal and Bilal can see {seen}."
    camera = ask(session, carol, "video")
    give_consent(session, camera, by=carol)
    assert now() == "Amal and Bilal can see what you share."
    report_running(session, camera, details={}, by=carol)
    assert now() == "Amal and Bilal can see what you share and your camera."
    stop_activity(session, share, by=carol)
    assert now() == "Amal and Bilal can see your camera."
    stop_activity(session, camera, by=carol)
    start_activity(session, "share_desktop", details={"surface": "monitor"}, by=session.primary)
    assert now() == "Amal is sharing their entire screen."


def test_phone_is_found_out_before_asking(desk, session, carol):
    equip(session, can={"screen": False, "camera": True, "phone": True}, by=carol)

    page = desk.get(reverse("dashboard_region", args=[session.key, "tools"])).content.decode()
    assert "cannot share its screen" in page
    assert "Ask for the camera instead" in page


def test_what_is_switched_off_has_no_button(desk, session, carol, policy):
    policy.switched_off = ["share_desktop", "voice"]
    policy.save()

    page = desk.get(reverse("dashboard_region", args=[session.key, "tools"])).content.decode()
    assert 'data-share-mine="share_desktop"' not in page
    assert "data-call-toggle" not in page
    assert 'data-share-mine="share_application"' in page


def test_assistant_is_offered_no_control_function(client, session, carol, bilal):
    make_assistant(session, bilal)
    client.force_login(bilal)

    page = client.get(reverse("dashboard_region", args=[session.key, "tools"])).content.decode()
    assert "data-share-mine" not in page
    assert "request" not in page.split("panel-desktop")[1].split("panel-application")[0].replace("representative", "")
