"""Whose page it is: an account's, a seat's, a tab's."""

import pytest
from django.test import RequestFactory

from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import SupportSession
from sessions_app.rules.seats import (
    csr_with_account,
    csr_with_tab,
    customer_with_seat,
    seat_cookie,
    seat_in_family,
)
from supportcenter.live.log.eventlog import position
from tests.factories import be_here, make_assistant, make_session

pytestmark = pytest.mark.django_db


def holding(**seats):
    """A request of a browser that holds these seats, by the keys of their sessions."""
    request = RequestFactory().get("/")
    request.COOKIES = {seat_cookie(key): seat for key, seat in seats.items()}
    return request


def test_account_finds_its_csr_in_the_session_alone(session, amal, bilal):
    assert csr_with_account(session.key, amal) == session.primary
    assert csr_with_account(session.key, bilal) is None
    assert csr_with_account("nowhere", amal) is None


def test_account_finds_those_who_have_left_and_the_latest_of_several(session, bilal):
    first = make_assistant(session, bilal)
    leave_session(session, by=first)
    assert csr_with_account(session.key, bilal) == first
    again = make_assistant(session, bilal)
    assert csr_with_account(session.key, bilal) == again != first


def test_account_that_is_disabled_finds_nobody(session, amal):
    amal.is_active = False
    amal.save()
    assert csr_with_account(session.key, amal) is None


def test_seat_is_good_in_its_session_alone(session, faris):
    customer, seat = join_session(session, name="Carol")
    elsewhere = make_session(faris)
    assert customer_with_seat(session.key, seat) == customer
    assert customer_with_seat(elsewhere.key, seat) is None
    assert customer_with_seat(session.key, "") is None


def test_participant_knows_where_the_log_stands(session, amal):
    customer, seat = join_session(session, name="Carol")
    assert customer_with_seat(session.key, seat).position == position(session.stream) > 0
    assert csr_with_account(session.key, amal).position == position(session.stream)


def test_tab_finds_its_csr_while_they_are_in_the_session(session, bilal):
    assistant = be_here(make_assistant(session, bilal), page="page-1", secret="tab-1")
    assert csr_with_tab(session.key, page="page-1", secret="tab-1") == assistant
    assert csr_with_tab(session.key, page="page-1", secret="tab-2") is None
    assert csr_with_tab(session.key, page="page-1", secret="") is None
    leave_session(session, by=assistant)
    assert csr_with_tab(session.key, page="page-1", secret="tab-1") is None


def test_seat_counts_in_the_session_and_in_its_branches(session, faris):
    branch = make_session(faris)
    customer, seat = join_session(branch, name="Carol")
    assert seat_in_family(holding(**{branch.key: seat}), branch) == customer
    assert seat_in_family(holding(**{branch.key: seat}), session) is None
    SupportSession.objects.filter(pk=branch.pk).update(branched_from=session)
    assert seat_in_family(holding(**{branch.key: seat}), session) == customer
    assert seat_in_family(holding(), session) is None
    leave_session(branch, by=customer)
    assert seat_in_family(holding(**{branch.key: seat}), session) is None
