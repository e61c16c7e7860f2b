"""Links of other systems to the Join page whose values are signed (docs/webacd.md)."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from supportcenter.signed_links import signature
from tests.factories import make_customer

pytestmark = pytest.mark.django_db
KEY = "k" * 32
CAROL = {"name": "Carol", "email": "carol@example.org"}
TOLD = "Confirmed by the site that sent this customer"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.LINK_SIGNING_KEYS = [KEY]


def link(session, *, path="join", seconds=3600, **values):
    values = {**CAROL, "number": session.number, **values, "expires": str(int(timezone.now().timestamp()) + seconds)}
    return f"{reverse('join')}?{urlencode({**values, 'sig': signature(KEY, path, values)})}"


def come(client, session, address, **typed):
    """By that link, with what is typed instead; returns the customer."""
    along = client.get(address).context["form"].signed
    client.post(reverse("join"), {**CAROL, "number": session.number, "signed": along, **typed})
    return session.participants.customers().get()


def roster(session):
    browser = Client()
    browser.force_login(session.primary.user)
    return browser.get(reverse("dashboard", args=[session.key])).content.decode()


def test_what_is_signed_is_shown_and_cannot_be_changed(client, session):
    page = client.get(link(session)).content.decode()

    assert "has confirmed what is filled in" in page
    for name in ("number", *CAROL):
        assert re.search(rf'<input[^>]*name="{name}"[^>]*readonly', page)


def test_representatives_see_that_it_is_confirmed(client, session):
    carol = come(client, session, link(session), name="Mallory", email="mallory@example.org")

    assert (carol.name, carol.email, carol.confirmed) == ("Carol", "carol@example.org", ["name", "email"])
    assert TOLD in roster(session)


def test_nothing_is_confirmed_of_who_comes_without(client, session):
    make_customer(session)

    assert TOLD not in roster(session)


def test_of_a_link_that_signs_the_number_alone_the_name_is_typed(client, session):
    address = link(session, name="", email="")

    carol = come(client, session, address)

    assert (carol.name, carol.confirmed) == ("Carol", [])


@pytest.mark.parametrize("more", [{"path": "queues/printing"}, {"seconds": -1}])
def test_a_link_for_elsewhere_or_of_the_past_confirms_nothing(client, session, more):
    page = client.get(link(session, **more))
    assert "has expired or was changed" in page.content.decode()

    assert come(client, session, link(session, **more)).confirmed == []


@pytest.mark.parametrize(
    ("field", "signed", "typed"), [("name", "Amal", "Carol"), ("number", "111111111", "")], ids=["name", "number"]
)
def test_what_the_site_refuses_is_the_customers_to_change(client, session, field, signed, typed):
    """The representative's name, or the number of a session that is over: nobody could come by such a link."""
    page = client.get(link(session, **{field: signed}))
    posted = {**CAROL, "number": session.number, "signed": page.context["form"].signed, field: signed}

    refused = client.post(reverse("join"), posted)

    assert refused.context["form"].errors.keys() == {field}
    assert "readonly" not in refused.content.decode()
    again = {**posted, "signed": refused.context["form"].signed, field: typed or session.number}
    client.post(reverse("join"), again)
    assert session.participants.customers().get().confirmed == []


def test_other_customers_are_not_told(client, session):
    make_customer(session, "Omar")
    come_by = Client()
    along = come_by.get(link(session)).context["form"].signed
    page = come_by.post(reverse("join"), {**CAROL, "number": session.number, "signed": along}, follow=True)

    assert page.status_code == 200
    assert TOLD not in page.content.decode()
