"""What every page of a CSR has, and asks for once it has loaded."""

import pytest
from django.urls import reverse

from supportcenter.live.log.eventlog import position
from tests.webacd.factories import make_agent

pytestmark = pytest.mark.django_db

PLACE = 'data-person-page="/sessions/person/"'


@pytest.mark.parametrize("name", ["home", "assist_session", "account_change_password", "picture", "reports"])
def test_every_page_of_a_csr_has_the_place(client, faris, name):
    client.force_login(faris)
    assert client.get(reverse(name)).content.decode().count(PLACE) == 1


def test_console_has_it(client, session, amal):
    client.force_login(amal)
    assert PLACE in client.get(reverse("dashboard", args=[session.key])).content.decode()


def test_page_of_who_is_no_csr_has_it_not(client, eve):
    assert PLACE not in client.get(reverse("home")).content.decode()
    client.force_login(eve)
    assert PLACE not in client.get(reverse("home")).content.decode()


def test_page_learns_where_its_socket_begins(client, faris):
    make_agent(faris)
    client.force_login(faris)
    answer = client.get(reverse("person_page")).content.decode()
    assert f'data-position="{position(faris.stream)}" data-socket="/ws/person/"' in answer
    assert position(faris.stream) > 0
