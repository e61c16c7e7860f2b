"""Joining by number: guesses are limited, and nobody who guesses shuts others out (E37)."""

import re

import pytest
from django.test import Client

from sessions_app.rules.find_session import ADDRESS_BOUND
from tests.challenges import solved, ticket_in, waited_for

pytestmark = pytest.mark.django_db
HONEST, BAD = "198.51.100.7", "2001:db8::1"


def join(client, number, *, address=HONEST, name="Carol", **more):
    return client.post("/join/", {"number": number, "name": name, **more}, REMOTE_ADDR=address)


def guess(times, *, address=BAD):
    for _ in range(times):
        answer = join(Client(), "000000000", address=address)
    return answer


@pytest.fixture
def few(policy):
    """Limits that a test reaches quickly: two an address, four on the site."""
    policy.joins_per_address, policy.joins_site_wide = 2, 4
    policy.save()
    return policy


@pytest.fixture
def attacked(few):
    """Strangers from different networks have guessed."""
    for number in range(few.joins_site_wide):
        guess(1, address=f"2001:db8:0:{number:x}::1")


def test_honest_customer_is_let_in_after_a_moment_of_work(attacked, client, session):
    page = join(client, session.number)
    assert (page.status_code, page.headers.get("Location")) == (429, None)
    assert 'value="Carol"' in page.content.decode()
    assert join(client, session.number, **solved(page)).status_code == 302


def test_honest_customer_without_scripts_waits_some_seconds(attacked, client, session, clock):
    page = join(client, session.number)
    assert "Wait 15 seconds, then press the button again." in page.content.decode()
    clock.forward(seconds=15)
    assert join(client, session.number, **waited_for(page)).status_code == 302


def test_page_speaks_arabic_too(attacked, client, session):
    client.post("/language/", {"language": "ar", "next": "/join/"})
    page = join(client, session.number).content.decode()
    assert "Many attempts" not in page
    assert "ثم اضغط الزر مرة أخرى" in page


def test_assisting_representative_is_not_slowed_down(attacked, client, session, bilal):
    client.force_login(bilal)
    assert client.post("/sessions/assist/", {"number": session.number}).status_code == 302


def test_representative_in_the_join_form_is_not_slowed_down(attacked, client, session, bilal):
    client.force_login(bilal)
    assert join(client, session.number).status_code == 302


def test_representatives_guesses_count_for_their_account(few, client, session, bilal, faris):
    client.force_login(bilal)
    answers = [client.post("/sessions/assist/", {"number": "000000000"}).status_code for _ in range(3)]
    assert answers == [404, 404, 429]
    assert Client().post("/join/", {"number": session.number, "name": "Carol"}).status_code == 302
    client.force_login(faris)
    assert client.post("/sessions/assist/", {"number": session.number}).status_code == 302


def test_neighbour_who_guesses_does_not_shut_out_an_office(few, client, session):
    guess(2, address=HONEST)
    page = join(client, session.number)
    assert page.status_code == 429
    assert join(client, session.number, **solved(page)).status_code == 302


def test_addresses_of_one_network_are_one_and_others_are_free(few, client, session):
    guess(1, address="2001:db8::1")
    guess(1, address="2001:db8::2")
    assert join(client, session.number, address="2001:db8::3").status_code == 429
    assert join(client, session.number, address="2001:db8:0:1::1").status_code == 302


def test_one_address_is_refused_in_the_end(few, client, session):
    few.joins_site_wide = 1000
    few.save()
    guess(few.joins_per_address)
    for _ in range(few.joins_per_address * (ADDRESS_BOUND - 1)):
        page = join(client, "000000000", address=BAD)
        assert join(client, "000000000", address=BAD, **solved(page)).status_code == 404
    page = join(client, session.number, address=BAD)
    assert page.status_code == 429
    assert ticket_in(page) is None
    assert "Too many attempts. Wait a minute" in page.content.decode()


# ---- Tickets


def test_ticket_is_for_one_use(attacked, client, session):
    fields = solved(join(client, "111111111"))
    assert join(client, "111111111", **fields).status_code == 404
    assert join(client, "111111111", **fields).status_code == 429


def test_ticket_is_for_one_number(attacked, client, session):
    fields = solved(join(client, "111111111"))
    assert join(client, session.number, **fields).status_code == 429


def test_ticket_is_for_one_number_however_it_is_written(attacked, client, session):
    page = join(client, session.number)
    assert join(client, session.number_in_threes, **solved(page)).status_code == 302


def test_ticket_is_for_one_address(attacked, client, session):
    fields = solved(join(client, session.number, address=BAD))
    assert join(client, session.number, address=HONEST, **fields).status_code == 429


def test_tickets_are_not_hoarded(attacked, client, session, clock):
    fields = solved(join(client, session.number))
    clock.forward(minutes=5, seconds=2)
    guess(4)
    for number in range(4):
        guess(1, address=f"2001:db8:0:{number:x}::1")
    assert join(client, session.number, **fields).status_code == 429


@pytest.mark.parametrize("seconds", [0, 14])
def test_ticket_has_to_be_solved_or_waited_for(attacked, client, session, clock, seconds):
    page = join(client, session.number)
    clock.forward(seconds=seconds)
    assert join(client, session.number, **waited_for(page)).status_code == 429


def test_waiting_costs_nothing_so_there_is_little_of_it(attacked, client, session, clock):
    pages = [join(client, f"1111111{number:02}") for number in range(12)]
    clock.forward(seconds=15)
    answers = [join(client, f"1111111{number:02}", **waited_for(page)) for number, page in enumerate(pages)]
    assert [answer.status_code for answer in answers].count(404) <= 10


@pytest.mark.parametrize("work", ["0", ".".join("0" * 16), "-1", "x" * 10_000, "٣", "1e9", ".." * 8])
def test_work_that_is_none_is_refused(attacked, client, session, work):
    fields = {**waited_for(join(client, session.number)), "work": work}
    assert join(client, session.number, **fields).status_code == 429


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "x" * 10_000, "\x00"])
def test_ticket_that_is_none_is_refused(attacked, client, session, ticket):
    assert join(client, session.number, ticket=ticket).status_code == 429


def test_work_grows_with_the_attack(few, client, session):
    for number in range(few.joins_site_wide * 3):
        address = f"2001:db8:0:{number:x}::1"
        page = join(client, "000000000", address=address)
        if page.status_code == 429:
            join(client, "000000000", address=address, **solved(page))
    assert int(ticket_in(join(client, session.number))[1]) == 3 * 16


def test_link_of_another_system_fills_the_form_in(client, session):
    query = {"number": session.number, "name": "Carol", "email": "carol@example.com"}
    page = client.get("/join/", query)
    assert page.context["form"].initial == query
    assert all(f'value="{value}"' in page.content.decode() for value in query.values())


def test_what_the_form_would_refuse_is_not_filled_in(client, db):
    query = {"number": "1" * 41, "name": "x" * 81, "email": "nonsense"}
    assert client.get("/join/", query).context["form"].initial == {}


def errors_in(page):
    return [field.name for field in page.context["form"] if field.errors]


def test_wrong_number_and_missing_name_are_told_at_once(db, client):
    page = join(client, "000000000", name="")
    assert errors_in(page) == ["number", "name"]
    assert errors_in(join(client, "", name="")) == ["number", "name"]


def test_a_right_number_without_a_name_joins_nobody(client, session):
    page = join(client, session.number, name="")
    assert (page.status_code, errors_in(page)) == (422, ["name"])
    assert not session.participants.customers().exists()


def test_full_house_keeps_what_was_typed_and_tries_again(client, session, policy):
    policy.max_customers = 1
    policy.save()
    first = Client()
    assert join(first, session.number, name="Omar").status_code == 302
    page = join(client, session.number, email="carol@example.com")
    assert page.status_code == 409
    kept = dict(re.findall(r'type="hidden" name="(number|name|email)" value="(.*?)"', page.content.decode()))
    assert kept == {"number": session.number, "name": "Carol", "email": "carol@example.com"}
    assert 'data-try-again="60"' in page.content.decode()
    policy.max_customers = 2
    policy.save()
    assert client.post("/join/", kept, REMOTE_ADDR=HONEST).status_code == 302


def test_a_page_that_waits_for_room_goes_on_waiting_where_too_many_do(client, session, policy):
    policy.max_customers = 0
    policy.joins_per_session = 3
    policy.save()
    assert join(client, session.number).status_code == 409
    waits = {"number": session.number, "name": "Carol", "again": "yes"}
    answer = client.post("/join/", waits, REMOTE_ADDR=HONEST)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert 'data-try-again="60"' in answer.content.decode()
    del waits["again"]
    assert "data-try-again" not in client.post("/join/", waits, REMOTE_ADDR=HONEST).content.decode()


def test_full_house_is_told_to_scripts_by_its_code(client, session, policy):
    policy.max_customers = 0
    policy.save()
    answer = client.post("/join/", {"number": session.number, "name": "Carol"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_room")
