"""The regions of the icon tray: who is helped, the commands, who shares."""

import re

import pytest
from django.urls import reverse

from sessions_app.actions.activities.activities import start_activity
from sessions_app.actions.presence.presence import equip
from sessions_app.actions.recordings.recordings import pause_recording
from tests.factories import make_assistant
from tests.sessions_app.views.asking import ask

pytestmark = pytest.mark.django_db


def tray(browser, session, region="tray"):
    return browser.get(reverse("dashboard_region", args=[session.key, region])).content.decode()


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def labels(html):
    return re.findall(r'class="tray__label">([^<]*)<', html)


def test_tray_has_the_commands_of_the_dashboard(desk, session, carol):
    html = tray(desk, session)

    assert labels(html) == ["Invite", "Chat", "Video", "Voice call", "File transfer", "Recording", "Share", "Session"]
    targets = re.findall(rf'data-target="([\w-]+)-{session.key}"', html)
    assert {"chat-message", "video", "voice", "files", "record"} < set(targets)
    assert {"share-desktop", "share-application", "view_desktop", "view_application", "end"} < set(targets)
    # What the tray presses stands in the page.
    page = desk.get(reverse("dashboard", args=[session.key])).content.decode()
    missing = [name for name in targets if not re.search(rf'(id|data-leave-by)="{name}-{session.key}"', page)]
    assert missing == []


def test_tray_of_an_assistant_controls_nothing(client, session, carol, bilal):
    make_assistant(session, bilal)
    client.force_login(bilal)
    start_activity(session, "share_desktop", details={"surface": "window"}, by=session.primary)

    assert labels(tray(client, session)) == ["Chat", "Video", "Session"]
    assert "Amal is sharing a window." in words_of(tray(client, session, "tray_sharing"))
    assert "<form" not in tray(client, session, "tray_sharing")
    assert tray(client, session, "tray_invite") == ""


def test_phone_that_cannot_share_is_not_asked(desk, session, carol):
    assert "View customer's desktop" in tray(desk, session).replace("&#x27;", "'")
    equip(session, can={"screen": False, "camera": True, "phone": True}, by=carol)
    assert "View customer's desktop" not in tray(desk, session).replace("&#x27;", "'")


def test_tray_says_who_is_helped(desk, session):
    assert session.number_in_threes in words_of(tray(desk, session, "tray_who"))
    assert "Waiting" in words_of(tray(desk, session, "tray_who"))


def test_tray_says_who_is_helped_since_when_and_that_it_is_recorded(desk, session, carol):
    assert words_of(tray(desk, session, "tray_who")).startswith("C Carol")
    assert 'data-time="running"' in tray(desk, session, "tray_who")
    assert "Recording" not in tray(desk, session, "tray_who")

    activity = start_activity(session, "recording", by=session.primary)
    assert 'data-state="announced"' in tray(desk, session, "tray_who")
    activity.mark_running({})
    assert 'data-state="running"' in tray(desk, session, "tray_who")
    pause_recording(session, activity.recording, by=session.primary)
    assert "Recording paused" in words_of(tray(desk, session, "tray_who"))


def test_tray_says_who_shares_and_stops_it(desk, session, carol):
    assert words_of(tray(desk, session, "tray_sharing")) == ""
    share = start_activity(session, "share_desktop", details={"surface": "monitor"}, by=session.primary)

    html = tray(desk, session, "tray_sharing")
    assert words_of(html) == "You are sharing your entire screen. Stop sharing"
    assert f"activities/{share.pk}/stop/" in html


def test_tray_says_who_is_asked(desk, session, carol):
    ask(session, carol)
    assert "Waiting for Carol ’s answer" in words_of(tray(desk, session, "tray_sharing"))
