"""Behind a proxy that the settings know, everybody has an address of their own: guesses shut out nobody else."""

import pytest
from django.test import Client

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PROXY, HONEST = "10.0.0.9", "198.51.100.200"


@pytest.fixture(autouse=True)
def proxy(settings):
    settings.TRUSTED_PROXIES = 1


def through_it(path, data, address):
    return Client().post(path, data, REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": address})


def join(number, address):
    return through_it("/join/", {"number": number, "name": "Carol"}, address)


def sign_in(user, password, address):
    return through_it("/accounts/login/", {"login": user.username, "password": password}, address)


def guess_numbers(times):
    for number in range(times):
        assert join("000000000", f"198.51.100.{number}").status_code == 404


def test_eleven_wrong_numbers_from_as_many_addresses_shut_out_nobody(session):
    guess_numbers(11)
    assert join(session.number, HONEST).status_code == 302


def test_with_a_proxy_that_nobody_knows_they_do(session, settings):
    """Why the site says so loudly: see test_forwarded.py."""
    settings.TRUSTED_PROXIES = 0
    guess_numbers(10)
    assert join(session.number, HONEST).status_code == 429


def test_twelve_failed_sign_ins_from_as_many_addresses_shut_out_nobody_else(amal, bilal):
    for number in range(12):
        assert sign_in(bilal, "wrong", f"198.51.100.{number}").status_code == 200
    assert sign_in(amal, PASSWORD, HONEST).status_code == 302


@pytest.mark.parametrize("proto", ["http", "https"])
def test_only_who_came_by_tls_is_told_to_stay_with_it(client, settings, proto):
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_HSTS_SECONDS = ("HTTP_X_FORWARDED_PROTO", "https"), 60
    page = Client().get("/join/", REMOTE_ADDR=PROXY, headers={"X-Forwarded-Proto": proto})
    assert ("Strict-Transport-Security" in page.headers) == (proto == "https")
