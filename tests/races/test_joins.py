"""Many customers, few places (S38, E31), and one seat for several devices (E38)."""

from functools import partial

import pytest

from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import CsrDesk, SupportSession
from supportcenter.accounts.models import SitePolicy
from tests.factories import make_customer, make_person, make_session
from tests.races.together import refusals, together, winners

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
CROWD, PLACES = 50, 5


def crowd(session, size=CROWD):
    return [partial(join_session, session, name=f"Customer {number}") for number in range(size)]


def customers_in(session):
    return session.participants.customers().present().count()


@pytest.mark.parametrize("already_in", [0, 3])
def test_fifty_joins_fill_the_last_five_places_and_no_more(rounds, already_in):
    SitePolicy.objects.create(pk=1, max_customers=already_in + PLACES)
    for scene in rounds():
        leave_session(scene.session, by=scene.carol)
        for _ in range(already_in):
            make_customer(scene.session)
        outcomes = together(*crowd(scene.session))
        assert len(winners(outcomes)) == PLACES
        assert refusals(outcomes) == ["no_room"] * (CROWD - PLACES)
        assert customers_in(scene.session) == already_in + PLACES


def test_places_of_one_csr_are_shared_by_all_their_sessions():
    SitePolicy.objects.create(pk=1, max_customers=PLACES, multi_session=True)
    amal = make_person("amal")
    amal.csr_privileges.multi_session = True
    amal.csr_privileges.save()
    first, second = make_session(amal), make_session(amal)
    outcomes = together(*crowd(first, 10), *crowd(second, 10))
    assert len(winners(outcomes)) == CsrDesk.objects.get(user=amal).customers == PLACES
    # Each in a session of their own (E34): two were there, and every further customer brought another.
    occupied = [customers_in(session) for session in SupportSession.objects.all()]
    assert sorted(occupied) in ([1] * 5, [0] + [1] * 5)


def test_place_that_becomes_free_is_taken_once(rounds):
    SitePolicy.objects.create(pk=1, max_customers=1)
    for scene in rounds():
        gone, *outcomes = together(partial(leave_session, scene.session, by=scene.carol), *crowd(scene.session, 8))
        assert gone is None
        assert customers_in(scene.session) == len(winners(outcomes)) <= 1


def test_join_against_the_end_is_in_or_out(rounds):
    for scene in rounds():
        ended, *outcomes = together(partial(end_session, scene.session, by=scene.primary), *crowd(scene.session, 3))
        assert ended.end_reason == "ended"
        assert set(refusals(outcomes)) <= {"session_has_ended"}


def test_join_against_a_transfer_counts_for_the_csr_in_control(rounds):
    for scene in rounds():
        to_bilal = partial(transfer_control, scene.session, scene.second, by=scene.primary)
        outcomes = together(to_bilal, *crowd(scene.session, 3))
        assert refusals(outcomes) == []
        assert CsrDesk.objects.get(user=scene.bilal).customers == customers_in(scene.session) == 4


def test_join_against_a_transfer_to_somebody_with_less_room(rounds):
    for scene in rounds():
        scene.bilal.csr_privileges.max_customers = 2
        scene.bilal.csr_privileges.save()
        to_bilal = partial(transfer_control, scene.session, scene.second, by=scene.primary)
        transferred, *outcomes = together(to_bilal, *crowd(scene.session, 4))
        bilals = scene.state().primary_id == scene.second.pk
        assert bilals == bool(winners([transferred]))
        assert customers_in(scene.session) <= (2 if bilals else 5)
        assert set(refusals(outcomes)) <= {"no_room"}
