"""Links of other systems into a queue whose values are signed (docs/webacd.md)."""

import hashlib
import hmac
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from supportcenter.signed_links import signature
from tests.webacd.factories import join_queue, make_agent, make_queue, offered
from webacd.actions.entering.waiting import come_back
from webacd.actions.offering.accept import accept
from webacd.models import SupportRequest

pytestmark = pytest.mark.django_db
KEY, OLDER = "k" * 32, "o" * 32
CAROL = {"name": "Carol", "email": "carol@example.org", "ticket": "4711"}


@pytest.fixture(autouse=True)
def keys(settings):
    settings.LINK_SIGNING_KEYS = [KEY, OLDER]


@pytest.fixture
def queue():
    return make_queue(slug="printing")


def link(queue, *, key=KEY, seconds=3600, **values):
    values = {**CAROL, **values, "expires": str(int(timezone.now().timestamp()) + seconds)}
    values["sig"] = signature(key, f"queues/{queue.slug}", values)
    return f"{reverse('queue_entry', args=[queue.slug])}?{urlencode(values)}"


def sent_along(page):
    return page.context["form"].signed


def enter(client, address, **typed):
    page = client.get(address)
    return client.post(urlsplit(address).path, {**CAROL, "signed": sent_along(page), **typed})


def confirmed():
    return {
        answer["label"]: answer["value"] for answer in SupportRequest.objects.get().answers if answer.get("confirmed")
    }


def test_what_is_signed_is_shown_and_cannot_be_changed(client, queue):
    page = client.get(link(queue))

    assert "has confirmed what is filled in" in page.content.decode()
    for name in CAROL:
        assert re.search(rf'<input[^>]*name="{name}"[^>]*readonly', page.content.decode())


def test_agents_read_that_it_is_confirmed(client, queue):
    enter(client, link(queue))

    request = SupportRequest.objects.get()
    assert (request.name, request.email) == ("Carol", "carol@example.org")
    assert confirmed() == {"Your name": "Carol", "Email address": "carol@example.org", "Ticket number": "4711"}
    assert ("Ticket number", "4711 (confirmed)") in request.questions_and_answers


def test_it_comes_along_into_the_session(client, queue, amal):
    agent = make_agent(amal)
    join_queue(queue, agent)
    enter(client, link(queue))
    come_back(SupportRequest.objects.get(), page="waiting-page")

    carol = accept(offered(agent), by=amal).participants.customers().get()

    assert carol.confirmed == ["name", "email"]


def test_a_name_that_the_site_refuses_is_the_customers_to_change(client, queue, amal):
    join_queue(queue, make_agent(amal))
    page = enter(client, link(queue, name="Amal"), name="Amal")
    assert "readonly" not in page.content.decode()

    client.post(urlsplit(link(queue)).path, {**CAROL, "signed": sent_along(page)})

    assert confirmed() == {}


def test_what_is_typed_instead_does_not_count(client, queue):
    enter(client, link(queue), name="Mallory", email="mallory@example.org", ticket="1")

    request = SupportRequest.objects.get()
    assert (request.name, request.email, confirmed()["Ticket number"]) == ("Carol", "carol@example.org", "4711")


def test_what_is_not_signed_is_the_customers_to_type(client, queue):
    address = link(queue).replace("ticket=4711&", "")
    page = client.get(address)
    assert page.context["form"].link.is_broken

    client.post(urlsplit(address).path, CAROL)

    assert confirmed() == {}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda address: address.replace("4711", "4712"),
        lambda address: address.replace("sig=", "sig=0"),
        lambda address: address.replace("sig=", "gis="),
        lambda address: f"{address}&ticket=4712",
        lambda address: re.sub(r"expires=\d+", "expires=99999999999", address),
        lambda address: re.sub(r"&expires=\d+", "", address),
    ],
)
def test_what_was_changed_is_not_confirmed(client, queue, spoil):
    page = client.get(spoil(link(queue)))

    assert page.status_code == 200
    assert not page.context["form"].confirmed
    assert sent_along(page) == ""


def test_a_link_is_for_its_queue_alone(client, queue):
    other = make_queue(slug="scanning")

    page = client.get(link(queue).replace("/printing/", f"/{other.slug}/"))

    assert page.context["form"].link.is_broken


@pytest.mark.parametrize(
    ("facts", "holds"), [({"key": OLDER}, True), ({"key": "x" * 32}, False), ({"seconds": -1}, False)]
)
def test_key_and_time(client, queue, facts, holds):
    form = client.get(link(queue, **facts)).context["form"]

    assert (form.link.is_signed, form.link.is_broken) == (holds, not holds)
    assert form.initial["ticket"] == "4711"


def test_one_that_expires_while_the_form_is_filled_in_confirms_nothing(client, queue, time_machine):
    address = link(queue)
    along = sent_along(client.get(address))
    time_machine.move_to(timezone.now() + timedelta(hours=2))

    page = client.post(urlsplit(address).path, {**CAROL, "signed": along})
    assert "has expired or was changed" in page.content.decode()
    assert not SupportRequest.objects.exists()

    client.post(urlsplit(address).path, {**CAROL, "signed": sent_along(page)})
    assert confirmed() == {}


@pytest.mark.parametrize("name", ["كارول\u200f", "Carol\u00a0B", "Carol 😀"])
def test_any_name_can_be_signed(client, queue, name):
    assert client.get(link(queue, name=name)).context["form"].link.is_signed


def test_what_the_queue_does_not_ask_for_may_be_signed_too(client, queue):
    queue.email_question = "hidden"
    queue.save()

    form = client.get(link(queue)).context["form"]

    assert (form.link.is_signed, "email" in form.confirmed) == (True, False)


def test_a_line_break_does_not_make_two_values_of_one(client, queue):
    page = client.get(link(queue, name="Carol\nticket=4712"))

    assert page.context["form"].link.is_broken


def test_what_trackers_add_does_not_break_it(client, queue):
    assert client.get(link(queue) + "&utm_source=mail").context["form"].link.is_signed


def test_without_a_key_no_signature_holds(client, queue, settings):
    settings.LINK_SIGNING_KEYS = []

    assert client.get(link(queue)).context["form"].link.is_broken


def test_the_example_in_the_documentation_is_right(client, queue):
    text = Path("docs/webacd.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(import hashlib, hmac.*?)```", text, re.DOTALL)[1]
    made = {"KEY": KEY, "hmac": hmac, "hashlib": hashlib}
    exec(code, made)  # noqa: S102 - the example itself

    parts = urlsplit(made["link"])
    assert dict(parse_qsl(parts.query))["ticket"] == "4711"
    assert client.get(f"{parts.path}?{parts.query}").context["form"].link.is_signed
