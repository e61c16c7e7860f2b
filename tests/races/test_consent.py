"""A customer's answer while the question is being taken back (E14, E36)."""

from functools import partial

import pytest

from sessions_app.actions.activities.activities import report_running, request_activity, stop_activity
from sessions_app.actions.activities.consent import decline, give_consent, leave_unanswered, withdraw_consent
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import Consent
from supportcenter.accounts.capabilities import Capability
from tests.factories import types
from tests.races.together import refusals, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def ask(scene, kind=Capability.VIEW_DESKTOP):
    return request_activity(scene.session, kind, scene.carol, by=scene.primary)


def allow(scene, asked, **more):
    return partial(give_consent, scene.session, asked, by=scene.carol, **more)


def alive(asked):
    asked.refresh_from_db()
    return asked.is_alive


def test_consent_against_withdrawal(rounds):
    for scene in rounds():
        asked = ask(scene)
        outcomes = together(
            allow(scene, asked, standing=True), partial(withdraw_consent, scene.session, by=scene.carol)
        )
        # Withdrawn last: nothing is left. Withdrawn first: the request went with it, and there was nothing to allow.
        assert not alive(asked)
        assert set(refusals(outcomes)) <= {"request_over"}
        assert not Consent.objects.filter(customer=scene.carol, answer="standing", withdrawn_at=None).exists()


def test_consent_against_transfer_of_control(rounds):
    for scene in rounds():
        asked = ask(scene)
        allowed, transferred = together(
            allow(scene, asked), partial(transfer_control, scene.session, scene.second, by=scene.primary)
        )
        assert not alive(asked)
        assert refusals([transferred]) == []
        assert set(refusals([allowed])) <= {"request_over"}


def test_consent_against_the_request_being_taken_back(rounds):
    for scene in rounds():
        asked = ask(scene)
        outcomes = together(allow(scene, asked), partial(stop_activity, scene.session, asked, by=scene.primary))
        assert not alive(asked)
        assert set(refusals(outcomes)) <= {"request_over"}
        assert types(scene.session).count("activity.stopped") == 1


def test_consent_against_its_time_running_out(rounds):
    for scene in rounds():
        asked = ask(scene)
        allowed, _ = together(allow(scene, asked), partial(leave_unanswered, asked))
        assert alive(asked) == (refusals([allowed]) == [])
        assert Consent.objects.filter(activity=asked).count() == 1


def test_yes_against_no(rounds):
    for scene in rounds():
        asked = ask(scene)
        outcomes = together(allow(scene, asked), partial(decline, scene.session, asked, by=scene.carol))
        assert refusals(outcomes) == ["request_over"]
        assert Consent.objects.filter(activity=asked).count() == 1


def test_yes_twice_from_two_pages(rounds):
    for scene in rounds():
        asked = ask(scene)
        outcomes = together(allow(scene, asked, standing=True), allow(scene, asked, standing=True))
        assert refusals(outcomes) == []
        assert types(scene.session).count("activity.allowed") == 1


def test_consent_against_the_customer_leaving(rounds):
    for scene in rounds():
        asked = ask(scene)
        allowed, left = together(allow(scene, asked), partial(leave_session, scene.session, by=scene.carol))
        assert left is None
        assert not alive(asked)
        assert set(refusals([allowed])) <= {"not_in_session"}


def test_delivery_against_the_end(rounds):
    for scene in rounds():
        asked = give_consent(scene.session, ask(scene), by=scene.carol)
        outcomes = together(
            partial(report_running, scene.session, asked, details={}, by=scene.carol),
            partial(end_session, scene.session, by=scene.primary),
        )
        assert not alive(asked)
        assert set(refusals(outcomes)) <= {"session_has_ended"}


def test_the_same_request_twice(rounds):
    for scene in rounds():
        outcomes = together(partial(ask, scene), partial(ask, scene))
        assert refusals(outcomes) == ["request_pending"]
