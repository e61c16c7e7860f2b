"""A manager's home begins with what happens now."""

import pytest
from django.urls import reverse

from supportcenter.accounts.models import CsrPrivileges
from tests.factories import make_customer, make_session
from tests.webacd.factories import enter, make_agent, make_queue
from webacd.actions.agents.agents import set_status

pytestmark = pytest.mark.django_db
REGIONS = ["home_tiles", "home_sessions"]
# What the live dashboard asks, and the lists of this page.
MOST_QUERIES = 28


def region(client, name):
    return client.get(reverse("live_region", args=[name]))


def numbers(html):
    return [part.split("<", 1)[0].strip() for part in html.split('home-tile__number digits">')[1:]]


def test_home_of_a_manager_begins_with_the_tiles(client, dana, queue, amal_agent, amal):
    set_status(amal_agent, "away", by=amal)
    enter(queue)
    client.force_login(dana)
    html = client.get("/").content.decode()
    assert html.index("home-tiles") < html.index("home-actions")
    waiting, _longest, _level, available = numbers(html)
    assert (waiting, available) == ("1", "0")
    assert 'data-socket="' in html.split("data-live", 1)[1]
    assert numbers(region(client, "home_tiles").content.decode())[0] == "1"


def test_live_sessions_are_those_of_everybody(client, dana, amal):
    session = make_session(amal)
    make_customer(session, "Carol")
    client.force_login(dana)
    for html in (client.get("/").content.decode(), region(client, "home_sessions").content.decode()):
        assert "Carol" in html
        assert "Amal" in html
        assert reverse("record", args=[session.key]) in html
        # An admin who is no CSR assists nobody.
        assert "Join quietly" not in html


def test_manager_who_is_a_csr_joins_by_one_press(client, amal, bilal):
    CsrPrivileges.objects.filter(user=bilal).update(manager=True)
    session = make_session(amal)
    client.force_login(bilal)
    html = region(client, "home_sessions").content.decode()
    assert "Join quietly" in html
    assert f'name="number" value="{session.number}"' in html
    answer = client.post(reverse("assist_session"), {"number": session.number})
    assert answer["Location"] == reverse("dashboard", args=[session.key])
    assert session.participants.present().get(user=bilal).role == "assistant"


def test_manager_who_is_a_csr_takes_over_after_a_question_that_names_who_is_in_it(client, amal, bilal):
    CsrPrivileges.objects.filter(user=bilal).update(manager=True)
    session = make_session(amal)
    make_customer(session, "Carol")
    client.force_login(bilal)
    home = client.get("/").content.decode().replace("\u2068", "").replace("\u2069", "")
    assert 'id="take-over-dialog"' in home
    asks = 'data-name="Representative: Amal. Customer: Carol."'
    assert f'action="{reverse("take_over_session", args=[session.key])}" data-confirm="take-over-dialog" {asks}' in home
    answer = client.post(reverse("take_over_session", args=[session.key]))
    assert answer["Location"] == reverse("dashboard", args=[session.key])
    session.refresh_from_db()
    assert session.primary.user == bilal
    assert "take_over" not in region(client, "home_sessions").content.decode()


def test_nobody_takes_over_without_both_rights(client, amal, bilal, dana):
    session = make_session(amal)
    for user in (bilal, dana):
        client.force_login(user)
        assert client.post(reverse("take_over_session", args=[session.key])).status_code == 403
        assert client.post(reverse("take_over_session", args=["unknown"])).status_code == 403
    assert "take-over" not in region(client, "home_sessions").content.decode()


def test_nobody_joins_their_own_session(client, amal):
    CsrPrivileges.objects.filter(user=amal).update(manager=True)
    make_session(amal)
    client.force_login(amal)
    assert "Join quietly" not in region(client, "home_sessions").content.decode()


def test_manager_of_one_queue_has_its_tiles_and_no_sessions(client, eve, amal):
    make_session(amal)
    mine, other = make_queue(), make_queue("billing")
    mine.managers.add(eve)
    enter(other)
    client.force_login(eve)
    html = client.get("/").content.decode()
    assert numbers(html)[0] == "0"
    assert "live-sessions-title" not in html
    assert [region(client, name).status_code for name in REGIONS] == [200, 403]


def test_who_is_no_manager_has_neither(client, amal, queue):
    client.force_login(amal)
    assert "data-live" not in client.get("/").content.decode()
    assert [region(client, name).status_code for name in REGIONS] == [403, 403]


def test_ten_sessions_are_shown(client, dana, amal, policy):
    policy.multi_session = True
    policy.save()
    CsrPrivileges.objects.filter(user=amal).update(multi_session=True)
    amal.refresh_from_db()
    for _ in range(11):
        make_session(amal)
    client.force_login(dana)
    html = region(client, "home_sessions").content.decode()
    assert html.count("running__row--live") == 10
    assert "There are more." in html


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_a_manager_is_cheap(client, dana, amal, bilal, count, policy, django_assert_max_num_queries):
    policy.multi_session = True
    policy.save()
    CsrPrivileges.objects.filter(user=amal).update(multi_session=True)
    amal.refresh_from_db()
    for number in range(count):
        enter(make_queue(f"queue-{number}"))
        make_session(amal)
    make_agent(bilal)
    client.force_login(dana)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/")
