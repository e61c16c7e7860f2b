"""An agent who helps somebody already hears of the next customer on the same page."""

import pytest
from django.urls import reverse

from supportcenter.accounts.models import CsrPrivileges
from tests.webacd.factories import served

pytestmark = pytest.mark.django_db
# As many as the whole room of any other representative: none is for the offers.
MOST_QUERIES = 11


@pytest.fixture
def session(queue, amal_agent):
    return served(queue, amal_agent)


def test_offers_come_to_the_console_of_an_agent(client, session, amal):
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key])).content.decode()
    assert "data-console-offers" in page
    assert "data-tray-offers" in page
    part = client.get(reverse("inbox_region", args=["console"])).content.decode()
    assert reverse("inbox_region", args=["offers"]) in part


def test_agent_who_is_no_csr_any_more_has_none(client, session, amal):
    """E11: the inbox would refuse their page."""
    CsrPrivileges.objects.filter(user=amal).delete()
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key])).content.decode()
    assert "data-console-offers" not in page


def test_who_is_no_agent_has_none(client, session, amal):
    amal.agent.delete()
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key])).content.decode()
    assert "data-console-offers" not in page
    assert "data-tray-offers" not in page


def test_offers_come_to_the_monitor_of_a_manager_who_is_an_agent(client, queue, amal, faris):
    queue.managers.add(amal, faris)
    client.force_login(amal)
    assert "data-console-offers" in client.get(reverse("monitor")).content.decode()
    client.force_login(faris)
    assert "data-console-offers" not in client.get(reverse("monitor")).content.decode()


def test_console_of_an_agent_is_cheap(client, session, amal, policy, django_assert_max_num_queries):
    client.force_login(amal)
    client.get(reverse("dashboard", args=[session.key]))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("dashboard", args=[session.key]))
