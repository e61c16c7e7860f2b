"""What a page costs: as many queries with ten people in the session as with one, and never more than eight.

A whole room may ask three more. How the session came is no part of it: the block that says so is fetched (E63).
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.activities.activities import request_activity
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.reactions import react
from sessions_app.models import Participant
from sessions_app.rules.seats import seat_cookie
from sessions_app.views.room import CSR_REGIONS, CUSTOMER_REGIONS
from supportcenter.accounts.actions.faces import give_face
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.pictures import read_face
from supportcenter.live.log import eventlog
from tests.factories import be_here, make_assistant, make_customer, make_person, make_session
from tests.pictures import picture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 8
WHOLE_ROOM = {"dashboard": 11, "room": 11}
PAGES = [
    *(("dashboard", None), ("room", None), ("remote_support", None)),
    *(("dashboard_region", region) for region in sorted(CSR_REGIONS)),
    *(("customer_region", region) for region in sorted(CUSTOMER_REGIONS)),
]


@pytest.fixture
def policy():
    return SitePolicy.objects.create(pk=1, max_customers=20)


@pytest.fixture
def session(client, amal, policy):
    """Amal is signed in, and the same browser holds Carol's seat."""
    session = make_session(amal)
    carol, seat = join_session(session, name="Carol")
    be_here(carol)
    client.force_login(amal)
    client.cookies[seat_cookie(session.key)] = seat
    return session


def bring_many(session):
    """Ten more of each kind, the representatives with pictures, and everybody talks."""
    for number in range(10):
        make_assistant(session, make_person(f"csr-{number}"))
        make_customer(session, f"Customer {number}")
    for user in User.objects.all():
        give_face(read_face(picture(size=(96, 96), colour=(9, 9, user.pk, 255))), to=user, by=user)
    for person in Participant.objects.select_related("session"):
        say(session, text="Hello", client_id=f"hello of {person.pk}", by=person)


def queries_of(client, url):
    # The first time fills what the process keeps.
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize(("name", "region"), PAGES)
def test_page_costs_the_same_with_ten_people_as_with_one(client, session, name, region):
    url = reverse(name, args=[session.key, region] if region else [session.key])
    with_few = queries_of(client, url)
    bring_many(session)
    with_many = queries_of(client, url)
    assert len(with_many) == len(with_few) <= WHOLE_ROOM.get(name, MOST), with_many


@pytest.mark.parametrize("name", ["home", "dashboard"])
def test_page_costs_the_same_with_several_sessions_as_with_two(client, amal, session, name):
    amal.csr_privileges.multi_session = True
    amal.csr_privileges.save()
    busy = make_session(amal)
    url = reverse(name, args=[] if name == "home" else [busy.key])
    with_two = queries_of(client, url)
    for _ in range(5):
        make_customer(busy)
    with_several = queries_of(client, url)
    # The tabs are three more: the other sessions, who is in them, and whether anybody is in this one.
    assert len(with_several) == len(with_two) <= WHOLE_ROOM.get(name, MOST) + 3, with_several


def test_customers_page_costs_the_same_with_several_requests_as_with_one(client, session):
    url = reverse("remote_support", args=[session.key])
    carol = Participant.objects.customers().get()
    request_activity(session, Capability.VIEW_DESKTOP, carol, by=session.primary)
    with_one = queries_of(client, url)
    request_activity(session, Capability.VIDEO, carol, by=session.primary)
    assert client.get(url).content.decode().count('role="alertdialog"') == 2
    with_two = queries_of(client, url)
    assert len(with_two) == len(with_one) <= MOST, with_two


@pytest.mark.parametrize("name", ["dashboard", "remote_support"])
def test_reactions_cost_one_query_however_many_there_are(client, session, name):
    url = reverse(name, args=[session.key])
    carol = Participant.objects.customers().get()
    without = queries_of(client, url)
    for number in range(10):
        line = say(session, text="Hello", client_id=f"c{number}", by=carol)
        react(session, line, sign="👍", on=True, by=carol)
        react(session, line, sign="👍", on=True, by=session.primary)
    assert len(queries_of(client, url)) <= len(without) + 1


def test_page_knows_the_position_of_its_moment(client, session):
    for name in ("dashboard", "remote_support"):
        shown = client.get(reverse(name, args=[session.key]))
        assert shown.context["position"] == eventlog.position(session.stream) > 0


def test_policy_is_read_once_for_a_page_and_again_for_the_next(client, session, policy):
    assert client.get("/").context["policy"].name == "Support Center"
    SitePolicy.objects.update(site_name="Help Desk")
    assert client.get("/").context["policy"].name == "Help Desk"
