"""The page of a CSR's notifications, by plain forms, and what other pages learn of it."""

from datetime import time

import pytest
from django.urls import reverse

from sessions_app.actions.notifications import choose_notifications
from supportcenter.accounts.models import NotificationSettings
from supportcenter.accounts.notification_kinds import kinds_for
from supportcenter.accounts.quiet_hours import QuietHours
from tests.webacd.factories import make_agent

pytestmark = pytest.mark.django_db

URL = "/notifications/"
OF_SESSIONS = ["joined", "door", "wrote", "answered", "lost", "opened", "assistant", "asked"]
NIGHT = {"quiet": "on", "quiet_from": "22:00", "quiet_until": "07:00", "time_zone": "Asia/Riyadh"}


@pytest.fixture
def desk(client, faris):
    client.force_login(faris)
    return client


def test_page_shows_every_kind_ticked_at_first(desk):
    page = desk.get(URL).content.decode()
    assert page.count("checked") == 2 * len(OF_SESSIONS)
    assert "A customer is offered to you" not in page
    assert "A customer who is offered to you" not in page


def test_agents_are_offered_customers_as_well(desk, faris, amal):
    make_agent(faris)
    page = desk.get(URL).content.decode()
    assert "A customer is offered to you" in page
    assert "A customer who is offered to you is told at any hour" in page
    assert [kind.name for kind in kinds_for(faris)] == ["offer", *OF_SESSIONS]
    assert [kind.name for kind in kinds_for(amal)] == OF_SESSIONS


def test_what_is_not_ticked_is_off_and_stays_so(desk, faris):
    answer = desk.post(URL, {"sound": ["joined", "lost"], "shown": OF_SESSIONS, **NIGHT})
    assert (answer.status_code, answer.url) == (302, URL)
    kept = NotificationSettings.of(faris)
    assert kept.silent == sorted(set(OF_SESSIONS) - {"joined", "lost"})
    assert kept.unshown == []
    assert kept.quiet_hours == QuietHours(time(22), time(7), "Asia/Riyadh")
    page = desk.get(URL).content.decode()
    assert page.count("checked") == 2 + len(OF_SESSIONS) + 1
    assert 'value="22:00"' in page
    assert 'value="Asia/Riyadh"' in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"time_zone": "Nowhere/Known"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "Factory"}, "time_zone"),
        ({"time_zone": "localtime"}, "time_zone"),
        ({"time_zone": "posix/Asia/Riyadh"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"time_zone": "x" * 65}, "time_zone"),
        ({"quiet_from": ""}, "quiet_from"),
        ({"quiet_until": "25:00"}, "quiet_until"),
        ({"quiet_until": "22:00"}, "quiet_until"),
        ({"sound": ["offer"]}, "sound"),
        ({"shown": ["nonsense"]}, "shown"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(desk, wrong, field):
    answer = desk.post(URL, NIGHT | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not NotificationSettings.objects.exists()


def test_without_quiet_hours_their_fields_do_not_matter(desk, faris):
    assert desk.post(URL, {"quiet_from": "22:00", "time_zone": "Nowhere/Known"}).status_code == 302
    assert NotificationSettings.of(faris).quiet_hours is None


def test_page_says_that_it_is_quiet_now(desk, faris, time_machine):
    choose_notifications(silent=[], unshown=[], quiet_hours=QuietHours(time(22), time(7), "UTC"), by=faris)
    time_machine.move_to("2026-11-30T23:00Z", tick=False)
    assert "It is quiet now." in desk.get(URL).content.decode()
    time_machine.move_to("2026-12-01T12:00Z", tick=False)
    assert "It is quiet now." not in desk.get(URL).content.decode()


def test_other_pages_learn_what_is_chosen(desk, faris):
    desk.post(URL, {"sound": ["joined"], "shown": OF_SESSIONS, **NIGHT})
    page = desk.get(reverse("person_page")).content.decode()
    assert 'data-silent="answered asked assistant door lost opened wrote" data-unshown=""' in page
    assert 'data-quiet-from="22:00:00" data-quiet-until="07:00:00"' in page
    assert 'data-quiet-zone="Asia/Riyadh"' in page


@pytest.mark.parametrize("name", ["inbox", "console"])
def test_agents_pages_learn_it_with_their_offers(desk, faris, name):
    make_agent(faris)
    desk.post(URL, {"sound": ["offer", "joined"], "shown": [], **NIGHT})
    url = reverse("inbox") if name == "inbox" else reverse("inbox_region", args=[name])
    assert 'data-silent="answered asked assistant door lost opened wrote"' in desk.get(url).content.decode()


def test_menu_leads_there_for_csrs_alone(client, faris, eve):
    for user, expected in ((faris, True), (eve, False)):
        client.force_login(user)
        assert (f'href="{URL}"' in client.get("/").content.decode()) is expected
