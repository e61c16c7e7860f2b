import pytest

from sessions_app.actions.activities.activities import (
    report_running,
    request_activity,
)
from sessions_app.actions.activities.consent import decline, give_consent, withdraw_consent
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.errors import (
    AskedTooOften,
    NotYours,
    RequestOver,
    RequestPending,
)
from sessions_app.models import Consent
from tests.factories import latest, make_customer, types

pytestmark = pytest.mark.django_db


def ask(session, customer, kind="view_desktop"):
    return request_activity(session, kind, customer, by=session.primary)


def test_decline_is_on_record(session, carol):
    activity = ask(session, carol)

    decline(session, activity, by=carol)

    activity.refresh_from_db()
    assert (activity.state, activity.stop_reason) == ("stopped", "declined")
    assert types(session)[-2:] == ["consent.answered", "activity.stopped"]
    with pytest.raises(RequestOver):
        give_consent(session, activity, by=carol)


def test_unanswered_for_a_minute_is_a_decline(clock, session, carol):
    activity = ask(session, carol)
    [_, told] = latest(session)[-1]
    assert told["until"] == activity.answer_until.isoformat()
    clock.forward(seconds=59)
    activity.refresh_from_db()
    assert (activity.state, activity.answer_seconds_left) == ("requested", 1)

    clock.forward(seconds=1)

    activity.refresh_from_db()
    assert activity.stop_reason == "unanswered"
    assert Consent.objects.get().answer == "unanswered"


def test_one_request_of_a_kind_at_a_time_and_three_a_minute(session, carol):
    activity = ask(session, carol)
    with pytest.raises(RequestPending):
        ask(session, carol)
    ask(session, carol, "view_application")

    for _again in range(2):
        decline(session, activity, by=carol)
        activity = ask(session, carol)
    decline(session, activity, by=carol)
    with pytest.raises(AskedTooOften):
        ask(session, carol)


def test_allow_all_answers_the_same_csr_and_not_a_new_primary(session, carol, assistant):
    give_consent(session, ask(session, carol), standing=True, by=carol)
    assert ask(session, carol, "video").state == "allowed"

    transfer_control(session, assistant, by=session.primary)
    session.refresh_from_db()

    assert ask(session, carol).state == "requested"


def test_withdrawal_stops_and_forgets(session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, standing=True, by=carol)
    report_running(session, activity, details={}, by=carol)

    withdraw_consent(session, by=carol)

    activity.refresh_from_db()
    assert activity.stop_reason == "consent_withdrawn"
    assert ask(session, carol, "view_application").state == "requested"


def test_answering_is_the_customers_alone(session, carol, assistant):
    omar = make_customer(session, "Omar")
    activity = ask(session, carol)

    for somebody in (omar, assistant, session.primary):
        with pytest.raises(NotYours):
            give_consent(session, activity, by=somebody)

    activity.refresh_from_db()
    assert activity.state == "requested"
