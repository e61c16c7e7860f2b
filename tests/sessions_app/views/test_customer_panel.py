"""The panel of the customer in the console and the record, and the customer's choice to be known again (E62)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.device import note_device
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.remembered import COOKIE
from sessions_app.rules.seats import seat_cookie
from supportcenter.browser_secrets import digest
from tests.factories import be_here, make_assistant, make_session

pytestmark = pytest.mark.django_db
EMAIL = "carol@example.org"
# A room's region has eight queries at most; the panel has the queue's request, the latest transfer, and three for
# earlier sessions.
MOST = 8 + 2 + 3


def come(session, name="Carol", **more):
    """A customer joins; their browser, and who they are."""
    customer, seat = join_session(session, name=name, **more)
    browser = Client()
    browser.cookies[seat_cookie(session.key)] = seat
    return browser, be_here(customer)


def region(client, user, session, name="customer"):
    client.force_login(user)
    shown = client.get(reverse("dashboard_region", args=[session.key, name]))
    return " ".join(shown.content.decode().split())


@pytest.fixture
def before(bilal):
    """Carol was in a session of bilal's."""
    session = make_session(bilal)
    browser, carol = come(session, email=EMAIL)
    end_session(session, by=session.primary)
    return browser, carol


def test_panel_says_how_they_came_and_what_they_came_with(client, session, amal):
    browser, _carol = come(session, email=EMAIL, came_by="link")
    said = {"browser": "firefox", "version": "140", "system": "macos", "screen": "yes", "zone": "Asia/Amman"}
    browser.post(reverse("customer_device", args=[session.key]), said)
    browser.post(reverse("customer_equip", args=[session.key]), {"screen": "yes", "voice": "yes"})
    shown = region(client, amal, session)
    for part in (
        "Carol",
        EMAIL,
        "join link",
        "English",
        "Firefox 140",
        "macOS",
        "computer",
        "share the screen",
        "talk",
    ):
        assert part in shown
    assert 'data-time="there" data-zone="Asia/Amman"' in shown
    assert '(<bdi dir="ltr">Amman</bdi>)' in shown
    assert "show the camera" not in shown


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "../../etc/passwd", "localtime", "<b>", "x" * 5000, ""])
def test_zone_that_there_is_not_is_not_kept(client, session, amal, zone):
    browser, carol = come(session)
    browser.post(reverse("customer_device", args=[session.key]), {"system": "linux", "zone": zone})
    carol.refresh_from_db()
    assert carol.device == {"system": "linux"}
    assert "Local time" not in region(client, amal, session)


def test_earlier_session_is_a_link_for_those_who_may_read_its_record(client, before, session, amal, bilal):
    _browser, earlier = before
    come(session, email=EMAIL.upper())
    record = reverse("record", args=[earlier.session.key])
    shown = region(client, amal, session)
    assert "Been here before" in shown
    assert earlier.session.number_in_threes in shown
    assert "same email, not confirmed" in shown
    assert record not in shown
    assert client.get(record).status_code == 404
    make_assistant(session, bilal)
    shown = region(client, bilal, session)
    assert f'<a href="{record}" target="_blank" rel="noopener">' in shown
    assert client.get(record).status_code == 200


def test_list_of_participants_says_at_once_that_they_were_here(client, before, session, amal):
    come(session, name="Dave")
    assert "Been here before" not in region(client, amal, session, "roster")
    come(session, email=EMAIL)
    assert region(client, amal, session, "roster").count("Been here before") == 1


def test_record_has_the_same_panel_and_lets_choose_among_customers(client, before, session, amal):
    _browser, carol = come(session, email=EMAIL)
    _browser, dave = come(session, name="Dave", email="dave@example.org")
    end_session(session, by=session.primary)
    client.force_login(amal)
    page = client.get(reverse("record", args=[session.key]))
    assert page.context["panel"].customer == carol
    assert "Been here before" in page.content.decode()
    page = client.get(reverse("record", args=[session.key]), {"customer": dave.pk})
    assert page.context["panel"].customer == dave
    assert "Been here before" not in page.content.decode()
    # What is no customer of this session is none here.
    for other in (before[1].pk, session.primary.pk, "x", "9" * 30):
        page = client.get(reverse("record", args=[session.key]), {"customer": other})
        assert page.context["panel"].customer == carol


def test_record_offers_some_of_many_customers_and_shows_any_of_them(client, session, amal):
    come(session)
    Participant.objects.bulk_create(
        Participant(session=session, kind="customer", name=f"Guest {n}", left_at=session.started_at) for n in range(21)
    )
    last = Participant.objects.latest("pk")
    client.force_login(amal)
    address = reverse("record", args=[session.key])
    page = client.get(address, {"customer": last.pk, "people": "end"})
    assert page.context["panel"].customer == last
    shown = page.content.decode()
    assert "Rows shown: 20. There are more." in shown
    # A press there keeps where the lists of the page are.
    first = page.context["panel"].others[0]
    assert f'href="{address}?customer={first.pk}&amp;people=end#customer"' in shown


def test_number_of_another_session_is_told_of_the_one_who_typed_it(client, session, amal):
    SupportSession.objects.update(mode="multi")
    come(session, name="Dave")
    _browser, carol = come(session)
    branch = carol.session
    assert branch.branched_from == session
    said = "the number was that of session"
    assert said in region(client, amal, branch)
    # Who joins the branch by its own number, or by a link, typed none of another session.
    leave_session(branch, by=carol)
    _browser, later = come(branch, name="Erin")
    assert later.session == branch
    assert said not in region(client, amal, branch)
    Participant.objects.filter(pk=carol.pk).update(came_by="link")
    client.force_login(amal)
    page = client.get(reverse("record", args=[branch.key]), {"customer": carol.pk})
    assert said not in page.content.decode()


def test_session_without_a_customer_has_no_panel(client, session, amal):
    assert "No customer has joined yet. As soon" in region(client, amal, session)
    client.force_login(amal)
    page = client.get(reverse("record", args=[session.key]))
    assert page.context["panel"] is None


@pytest.mark.slow
def test_panel_costs_the_same_with_thirty_earlier_sessions_as_with_one(client, before, session, amal, bilal):
    come(session, email=EMAIL)

    def cost(name):
        region(client, amal, session, name)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("dashboard_region", args=[session.key, name]))
        return len(captured)

    one, mark = cost("customer"), cost("roster")
    for _ in range(30):
        there = make_session(bilal)
        come(there, email=EMAIL)
        end_session(there, by=there.primary)
    Participant.objects.filter(session=session).update(session=(newest := make_session(bilal)))
    newest.current_customer = Participant.objects.get(session=newest, name="Carol")
    newest.primary = Participant.objects.get(session=newest, user=amal)
    newest.save()
    session.key = newest.key
    assert (cost("customer"), cost("roster")) == (one, mark)
    assert one <= MOST


# ---- The customer's side


def choose(browser, session, choice):
    return browser.post(reverse("remember_browser", args=[session.key]), {"remember": choice})


def after(browser, session):
    return browser.get(reverse("remote_support", args=[session.key])).content.decode()


def test_nothing_is_remembered_unless_it_is_chosen(session, before):
    browser, _carol = come(session, email=EMAIL)
    end_session(session, by=session.primary)
    page = after(browser, session)
    assert "Remember this browser" in page
    assert "Forget this browser" not in page
    assert COOKIE not in browser.cookies
    # And of earlier sessions no customer's page says anything.
    assert "Been here before" not in page
    assert before[1].session.number_in_threes not in page


def test_chosen_browser_is_known_in_the_next_session_by_another_name_and_address(client, before, session, amal):
    browser, carol = before
    answer = choose(browser, carol.session, "yes")
    assert answer.status_code == 302
    kept = browser.cookies[COOKIE]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 180 * 86400)
    assert Participant.objects.get(pk=carol.pk).browser_hash == digest(kept.value)
    assert "Forget this browser" in after(browser, carol.session)

    _there, again = come(session, name="C.", email="another@example.org")
    browser.cookies[seat_cookie(session.key)] = again.new_seat()
    assert "Been here before" not in region(client, amal, session)
    browser.post(reverse("customer_device", args=[session.key]), {"system": "linux"})
    shown = region(client, amal, session)
    assert "Been here before" in shown
    assert "same browser" in shown


def test_forgotten_browser_is_not_known_any_more(client, before, session, amal):
    browser, carol = before
    choose(browser, carol.session, "yes")
    choose(browser, carol.session, "no")
    assert browser.cookies[COOKIE].value == ""
    assert not Participant.objects.exclude(browser_hash="").exists()
    _there, again = come(session, name="C.", email="another@example.org")
    browser.cookies[seat_cookie(session.key)] = again.new_seat()
    browser.post(reverse("customer_device", args=[session.key]), {"system": "linux"})
    assert "Been here before" not in region(client, amal, session)


def test_browser_that_is_remembered_and_not_known_by_this_seat_has_both_choices(client, before, session):
    """Its page has not told of its device, with which the seat gets the digest."""
    browser, carol = before
    choose(browser, carol.session, "yes")
    _there, again = come(session)
    browser.cookies[seat_cookie(session.key)] = again.new_seat()
    end_session(session, by=session.primary)
    page = after(browser, session)
    assert "This browser is remembered" not in page
    assert "Remember this browser" in page
    assert "Forget this browser" in page
    choose(browser, session, "yes")
    page = after(browser, session)
    assert "This browser is remembered" in page
    assert "Remember this browser" not in page


def test_cookie_is_for_https_alone_where_the_site_is(settings, before):
    settings.SECURE_SITE = True
    browser, carol = before
    choose(browser, carol.session, "yes")
    assert browser.cookies[COOKIE]["secure"]


def test_running_session_offers_no_choice_and_takes_none(session):
    browser, carol = come(session)
    assert "Remember this browser" not in after(browser, session)
    assert choose(browser, session, "yes").status_code == 409
    assert COOKIE not in browser.cookies


def test_site_that_shows_nothing_offers_nothing_but_forgetting(policy, before):
    browser, carol = before
    choose(browser, carol.session, "yes")
    policy.earlier_sessions = "off"
    policy.save()
    page = after(browser, carol.session)
    assert "Forget this browser" in page
    assert "This browser is remembered" not in page
    choose(browser, carol.session, "no")
    assert "Remember this browser" not in after(browser, carol.session)


def test_no_event_for_a_customer_and_no_page_of_theirs_has_the_panel(client, before, session, amal):
    browser, carol = come(session, email=EMAIL)
    note_device(session, device={"system": "linux"}, token="token", by=carol)
    shown = after(browser, session)
    shown += browser.get(reverse("customer_region", args=[session.key, "roster"])).content.decode()
    for secret in ("Been here before", before[1].session.number_in_threes, "same email"):
        assert secret not in shown
    assert browser.get(reverse("customer_region", args=[session.key, "customer"])).status_code == 404
