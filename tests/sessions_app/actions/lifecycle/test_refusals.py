"""A primary is told of refused joins (E31), and never swamped with them."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.errors import NoRoom
from sessions_app.models import Participant
from tests.factories import latest, make_customer, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(session, policy):
    """A session that has no place left."""
    policy.max_customers = 1
    policy.save()
    make_customer(session)
    return session


def refused(session, *names):
    for name in names:
        with pytest.raises(NoRoom):
            join_session(session, name=name)


def told(session, before):
    return [(data["name"], data["count"]) for type, data in latest(session, before) if type == "join.refused"]


def test_the_first_is_told_at_once_and_those_of_a_minute_together(full, clock):
    before = len(latest(full))

    refused(full, "Omar", *(f"Omar {number}" for number in range(56)))
    assert told(full, before) == [("Omar", 1)]

    clock.forward(seconds=61)
    assert told(full, before) == [("Omar", 1), ("", 56)]

    clock.forward(seconds=61)
    refused(full, "Lina")
    assert told(full, before) == [("Omar", 1), ("", 56), ("Lina", 1)]


def test_nothing_is_told_after_the_end(full, clock):
    before = len(latest(full))
    refused(full, "Omar", "Lina")
    end_session(full, by=full.primary)

    clock.forward(seconds=61)

    assert told(full, before) == [("Omar", 1)]


# ---- how often people may join


def join(session, address, name="Omar"):
    form = {"number": session.number, "name": name}
    return Client(REMOTE_ADDR=address).post(reverse("join"), form).status_code


def test_one_address_takes_a_third_of_a_sessions_joins_and_leaves_the_rest_to_others(session, policy, caplog):
    policy.max_customers = 100
    policy.save()

    answers = [join(session, "192.0.2.1") for _ in range(13)]

    assert answers == [302] * 10 + [429] * 3
    assert join(session, "192.0.2.2", "Lina") == 302
    assert [line for line in caplog.messages if line.startswith("joins_limited")] == [
        f'joins_limited address="192.0.2.1" about="{session.audit_subject}"'
    ]


def test_all_addresses_together_have_a_limit_as_well(session, policy):
    policy.joins_per_session = 3
    policy.save()

    answers = [join(session, f"192.0.2.{number}") for number in range(1, 5)]

    assert answers == [302, 302, 302, 429]
    assert Participant.objects.customers().count() == 3


def test_limit_of_one_session_is_no_other_ones(session, faris, policy):
    policy.joins_per_session = 3
    policy.save()
    elsewhere = make_session(faris)

    assert [join(session, "192.0.2.1") for _ in range(2)] == [302, 429]
    assert join(elsewhere, "192.0.2.1") == 302
