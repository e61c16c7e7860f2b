"""An admin sees what became of each message, in words, and changes nothing there."""

import pytest
from django.urls import reverse

from supportcenter.accounts.models import SitePolicy
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post

pytestmark = pytest.mark.django_db
PAGE = "admin:mail_delivery_changelist"


@pytest.fixture
def desk(client, dana):
    client.force_login(dana)
    return client


@pytest.fixture
def bounced(db):
    delivery = post("password_reset", 7, language="en")
    Delivery.objects.filter(pk=delivery.pk).update(state="bounced", reason="bad_address", detail="5.1.1 <b>gone</b>")
    return delivery


def test_the_list_says_what_became_of_it(desk, bounced):
    page = desk.get(reverse(PAGE)).content.decode()
    for words in ("Link to reset a password", "Bounced", "The mail server does not know this address."):
        assert words in page


@pytest.mark.parametrize(
    ("query", "is_there"),
    [("state=bounced", True), ("state=sent", False), ("kind=password_reset", True), ("kind=report", False)],
)
def test_it_is_found_by_state_and_kind(desk, bounced, query, is_there):
    page = desk.get(f"{reverse(PAGE)}?{query}").content.decode()
    assert (f"/mail/delivery/{bounced.pk}/" in page) == is_there


def test_one_has_the_servers_own_words_as_text(desk, bounced):
    page = desk.get(reverse("admin:mail_delivery_change", args=[bounced.pk])).content.decode()
    assert "5.1.1 &lt;b&gt;gone&lt;/b&gt;" in page
    assert bounced.message_id.strip("<>") in page


def test_nothing_can_be_changed_or_deleted(desk, bounced):
    change, delete = (reverse(f"admin:mail_delivery_{verb}", args=[bounced.pk]) for verb in ("change", "delete"))
    assert desk.post(change, {"state": "sent"}).status_code == 403
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    assert desk.get(reverse("admin:mail_delivery_add")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(desk, count, django_assert_max_num_queries):
    for number in range(count):
        post("password_reset", number, language="en")
    SitePolicy.current()
    with django_assert_max_num_queries(8):
        desk.get(reverse(PAGE))
