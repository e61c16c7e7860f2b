"""Signing in: where it leads, how often it may fail, and that no stranger shuts out those who may."""

import pytest
from allauth.account.signals import password_reset
from django.test import Client, RequestFactory
from limits import RateLimitItemPerMinute

from supportcenter.accounts import sign_in_limits
from supportcenter.accounts.sign_in_limits import FREE_OF_ACCOUNT, FREE_OF_ADDRESS
from tests.challenges import solved, waited_for
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
LOCKED = "Too many failed login attempts"


def sign_in(client, username="amal", password=PASSWORD, *, address="192.0.2.7", host="testserver", **more):
    fields = {"login": username, "password": password, **more}
    return client.post(LOGIN, fields, REMOTE_ADDR=address, headers={"host": host})


def fail(times, *, username="amal", address="192.0.2.7", **more):
    for _ in range(times):
        answer = sign_in(Client(), username, "wrong", address=address, **more)
    return answer


def is_in(answer):
    return answer.status_code == 302


def strangers(count):
    """Addresses of networks of their own."""
    return [f"2001:db8:0:{number:x}::1" for number in range(count)]


# ---- Where it leads


@pytest.mark.parametrize(
    "elsewhere",
    ["http://localhost/", "http://127.0.0.1:9/x", "//localhost/", "http://[::1]/", "https://evil.test/", "//evil.test"],
)
def test_signing_in_leads_to_no_other_host(client, amal, elsewhere):
    assert sign_in(client, next=elsewhere).headers["Location"] == "/"


@pytest.mark.parametrize("ours", ["/sessions/start/", "http://testserver/sessions/start/"])
def test_signing_in_leads_to_the_page_that_was_asked_for(client, amal, ours):
    assert sign_in(client, next=ours).headers["Location"] == ours


def test_signing_out_leads_to_no_other_host(client, amal):
    client.force_login(amal)
    assert client.post("/accounts/logout/", {"next": "http://localhost/"}).headers["Location"] == "/"


# ---- How often it may fail


def test_account_is_locked_for_an_address_after_five_failures(client, amal):
    assert "not correct" in fail(5).content.decode()
    page = sign_in(client)
    assert not is_in(page)
    assert LOCKED in page.content.decode()


@pytest.mark.parametrize("port", ["80", "8000", "1", "65535"])
def test_host_header_is_no_new_account(client, amal, port):
    """A developer's machine answers on any port (tests/supportcenter/test_hosts.py)."""
    fail(5)
    page = sign_in(client, host=f"localhost:{port}")
    assert (page.status_code, LOCKED in page.content.decode()) == (200, True)


@pytest.mark.parametrize("written", ["AMAL", "Amal", "ａｍａｌ"])
def test_other_way_of_writing_a_name_is_no_new_account(client, amal, written):
    fail(5, username=written)
    assert not is_in(sign_in(client))


def test_addresses_of_one_network_are_one(client, amal):
    for number in range(5):
        fail(1, address=f"2001:db8::{number:x}")
    assert not is_in(sign_in(client, address="2001:db8::ffff"))
    assert is_in(sign_in(client, address="2001:db8:0:1::1"))


def test_lock_ends_after_five_minutes(client, amal, time_machine, clock):
    fail(5)
    clock.forward(minutes=5, seconds=1)
    assert is_in(sign_in(client))


def test_successful_sign_ins_do_not_count(amal):
    assert all(is_in(sign_in(Client())) for _ in range(30))


# ---- No weapon


def test_owner_gets_in_while_strangers_try_their_account(client, amal):
    for address in strangers(FREE_OF_ACCOUNT):
        fail(1, address=address)
    page = sign_in(client)
    assert not is_in(page)
    assert LOCKED not in page.content.decode()
    assert is_in(sign_in(client, **solved(page)))


def test_without_scripts_the_owner_waits_and_gets_in(client, amal, clock):
    for address in strangers(FREE_OF_ACCOUNT):
        fail(1, address=address)
    page = sign_in(client)
    assert not is_in(sign_in(client, **waited_for(page)))
    page = sign_in(client)
    clock.forward(seconds=15)
    assert is_in(sign_in(client, **waited_for(page)))


def test_neighbour_who_fails_does_not_shut_out_an_office(client, amal):
    make_person("bilal")
    for number in range(FREE_OF_ADDRESS):
        fail(1, username=f"nobody{number}")
    page = sign_in(client, "bilal")
    assert not is_in(page)
    assert is_in(sign_in(client, "bilal", **solved(page)))


def test_failures_all_over_the_site_slow_everybody_down(client, amal, monkeypatch):
    monkeypatch.setattr(sign_in_limits, "FREE_ON_SITE", 5)
    for number, address in enumerate(strangers(5)):
        fail(1, username=f"nobody{number}", address=address)
    page = sign_in(client)
    assert not is_in(page)
    assert is_in(sign_in(client, **solved(page)))


def test_one_address_is_refused_in_the_end_what_has_failed_from_there(client, amal, monkeypatch):
    monkeypatch.setattr(sign_in_limits, "OF_ADDRESS", RateLimitItemPerMinute(FREE_OF_ADDRESS + 3))
    for number in range(FREE_OF_ADDRESS):
        sign_in(client, f"nobody{number}")
    for number in range(3):
        sign_in(client, f"somebody{number}", **solved(sign_in(client, f"somebody{number}")))
    assert LOCKED in sign_in(client, "nobody0").content.decode()
    page = sign_in(client)
    assert LOCKED not in page.content.decode()
    assert is_in(sign_in(client, **solved(page)))


def test_ticket_comes_with_the_failure_that_made_it_necessary(client, amal):
    for address in strangers(FREE_OF_ACCOUNT - 1):
        fail(1, address=address)
    page = sign_in(client, "amal", "wrong")
    assert is_in(sign_in(client, **solved(page)))


def test_ticket_of_another_account_opens_nothing(client, amal):
    make_person("bilal")
    for name in ("amal", "bilal"):
        for address in strangers(FREE_OF_ACCOUNT):
            fail(1, username=name, address=address)
    assert not is_in(sign_in(client, **solved(sign_in(client, "bilal"))))


def test_new_password_by_mail_ends_the_lock(client, amal):
    fail(5)
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    password_reset.send(sender=type(amal), request=request, user=amal)
    assert is_in(sign_in(client))
