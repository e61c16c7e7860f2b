"""Somebody guesses passwords at length: their guesses slow them down, and the account's owner gets in."""

import pytest
from django.test import Client

from supportcenter.accounts import challenges
from supportcenter.accounts.sign_in_limits import LOCKED, OF_ADDRESS
from tests.challenges import first_number, ticket_in
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
OURS, OFFICE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def work_that_costs_little(monkeypatch):
    """The guessers do all of it: what is tested is what else stops them."""
    monkeypatch.setattr(challenges, "ZERO_BITS", 1)


def solved(page):
    seed, puzzles, _zero_bits, ticket = ticket_in(page)
    numbers = (first_number(f"{seed}.{place}.", 1) for place in range(int(puzzles)))
    return {"ticket": ticket, "work": ".".join(map(str, numbers))}


def sign_in(username, password, *, address, client=None, **more):
    fields = {"login": username, "password": password, **more}
    return (client or Client()).post("/accounts/login/", fields, REMOTE_ADDR=address)


def guess(username, address, times=1):
    """How many guesses were looked at, with whatever work it takes."""
    client, more, seen = Client(), {}, 0
    for number in range(times):
        page = sign_in(username, f"guess {number}", address=address, client=client, **more)
        if "not correct" not in page.content.decode() and ticket_in(page):
            page = sign_in(username, f"guess {number}", address=address, client=client, **solved(page))
        seen += "not correct" in page.content.decode()
        # A failure brings the ticket for the next one.
        more = solved(page) if ticket_in(page) else {}
    return seen


def tries_until_in(username, address):
    client, more = Client(), {}
    for number in (1, 2, 3):
        page = sign_in(username, PASSWORD, address=address, client=client, **more)
        if page.status_code == 302:
            return number
        more = solved(page)
    return None


def test_owner_is_in_at_the_second_try_while_a_thousand_guesses_come_from_two_hundred_addresses(amal):
    addresses = [f"192.0.2.{number}" for number in range(200)]
    assert [guess("amal", address, LOCKED.amount) for address in addresses] == [5] * 200
    # What the guessers got for it: from none of their addresses the right password helps.
    assert [tries_until_in_or_locked(address) for address in addresses[:3]] == ["locked"] * 3
    assert tries_until_in("amal", OURS) == 2


def test_owner_is_in_at_the_second_try_behind_the_address_of_those_who_guess_at_other_accounts(amal):
    others = [f"other{number}" for number in range(40)]
    assert sum(guess(name, OFFICE, 5) for name in others) >= OF_ADDRESS.amount
    assert tries_until_in("amal", OFFICE) == 2


def test_who_has_guessed_wrong_at_an_account_waits_where_too_much_is_guessed(amal):
    assert guess("amal", OFFICE) == 1
    for number in range(OF_ADDRESS.amount // 4):
        guess(f"other{number}", OFFICE, 4)
    assert tries_until_in_or_locked(OFFICE) == "locked"


def test_work_is_the_most_where_too_much_is_guessed(amal):
    make_person("bilal")
    before = ticket_after_guesses(10, "amal")
    for number in range(OF_ADDRESS.amount // 4):
        guess(f"other{number}", OFFICE, 4)
    assert ticket_after_guesses(0, "bilal") == challenges.MOST_LOAD * before


def ticket_after_guesses(count, username):
    for number in range(count):
        guess(f"another{number}", OFFICE)
    return int(ticket_in(sign_in(username, PASSWORD, address=OFFICE))[1])


def tries_until_in_or_locked(address):
    page = sign_in("amal", PASSWORD, address=address)
    return "locked" if "Too many failed login attempts" in page.content.decode() else page.status_code
