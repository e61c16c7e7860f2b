import pytest
from django.db import transaction

from sessions_app.actions.activities.activities import (
    report_running,
    request_activity,
    start_activity,
    stop_activity,
    stop_everything,
)
from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.presence import equip
from sessions_app.errors import (
    ActivityOver,
    BeyondCircle,
    CannotShareScreen,
    CapabilityOff,
    NoSuchParticipant,
    NotInControl,
    NotYours,
)
from sessions_app.models import Activity, Consent
from supportcenter.accounts.models import SitePolicy
from tests.factories import latest, make_customer, types

pytestmark = pytest.mark.django_db


def ask(session, customer, kind="view_desktop"):
    return request_activity(session, kind, customer, by=session.primary)


def test_own_screen_starts_at_once_and_names_what_is_shared(session):
    share = start_activity(session, "share_desktop", details={"surface": "monitor"}, by=session.primary)

    assert (share.state, share.owner) == ("running", session.primary)
    assert latest(session)[-1] == (
        "activity.started",
        {
            "activity": share.pk,
            "kind": "share_desktop",
            "owner": session.primary.pk,
            "requested_by": session.primary.pk,
            "details": {"surface": "monitor"},
        },
    )


def test_starting_is_a_control_function(session, assistant, carol):
    for somebody in (assistant, carol):
        with pytest.raises(NotInControl):
            start_activity(session, "share_desktop", by=somebody)

    assert not Activity.objects.exists()


def test_customers_screen_is_never_started_without_asking(session):
    with pytest.raises(NotInControl):
        start_activity(session, "view_desktop", by=session.primary)


def test_starting_twice_changes_nothing(session):
    first = start_activity(session, "voice", by=session.primary)
    told = types(session)

    assert start_activity(session, "voice", by=session.primary) == first
    assert types(session) == told


def test_next_share_replaces_the_one_before(session):
    first = start_activity(session, "share_desktop", by=session.primary)
    start_activity(session, "share_application", by=session.primary)

    first.refresh_from_db()
    assert first.state == "stopped"


def test_request_allow_run_stop(session, carol):
    activity = ask(session, carol)
    assert activity.state == "requested"

    give_consent(session, activity, by=carol)
    report_running(session, activity, details={"surface": "window"}, by=carol)
    stop_activity(session, activity, by=carol)

    assert types(session)[-5:] == [
        "activity.requested",
        "consent.answered",
        "activity.allowed",
        "activity.started",
        "activity.stopped",
    ]
    assert Consent.objects.get().answer == "allowed"


def test_repeated_answers_and_reports_change_nothing(session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)
    give_consent(session, activity, by=carol)
    report_running(session, activity, details={}, by=carol)
    report_running(session, activity, details={}, by=carol)
    stop_activity(session, activity, by=carol)
    told = types(session)
    stop_activity(session, activity, by=carol)

    assert types(session) == told
    with pytest.raises(ActivityOver):
        report_running(session, activity, details={}, by=carol)


def test_stopping_is_for_the_owner_and_the_primary(session, carol, assistant):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)

    with pytest.raises(NotYours):
        stop_activity(session, activity, by=assistant)
    stop_activity(session, activity, by=session.primary)

    activity.refresh_from_db()
    assert activity.state == "stopped"


def test_everything_is_stopped_at_once_by_the_primary_alone(session, carol, assistant):
    for kind in ("voice", "share_desktop", "recording"):
        start_activity(session, kind, by=session.primary)
    ask(session, carol, "video")
    with pytest.raises(NotInControl):
        stop_everything(session, by=assistant)
    assert Activity.objects.alive().count() == 4

    stop_everything(session, by=session.primary)

    assert not Activity.objects.alive().exists()
    stopped = [data["kind"] for kind, data in latest(session) if kind == "activity.stopped"]
    assert sorted(stopped) == ["recording", "share_desktop", "video", "voice"]
    stop_everything(session, by=session.primary)


def test_a_recording_that_the_site_requires_goes_on_when_everything_is_stopped(session, carol, policy):
    policy.recording = SitePolicy.Recording.ALWAYS
    policy.save()
    for kind in ("voice", "recording"):
        start_activity(session, kind, by=session.primary)

    stop_everything(session, by=session.primary)

    assert [activity.kind for activity in Activity.objects.alive()] == ["recording"]


def test_phone_is_not_asked_for_its_screen(session, carol):
    equip(session, can={"screen": False, "camera": True}, by=carol)

    with pytest.raises(CannotShareScreen):
        ask(session, carol)
    assert ask(session, carol, "video").state == "requested"


def test_asking_who_is_not_there_is_refused(session, carol, assistant):
    with pytest.raises(NoSuchParticipant):
        ask(session, assistant)
    leave_session(session, by=carol)
    with pytest.raises(NoSuchParticipant):
        ask(session, carol)


@pytest.mark.parametrize("where", ["site", "csr"])
def test_capability_switched_off_is_refused(session, carol, policy, amal, where):
    row = policy if where == "site" else amal.privileges
    row.switched_off = ["view_desktop"]
    row.save()

    with pytest.raises(CapabilityOff):
        ask(session, carol)


def test_what_belongs_to_who_leaves_ends(session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)
    ask(session, carol, "video")

    leave_session(session, by=carol)

    assert list(Activity.objects.values_list("stop_reason", flat=True)) == ["owner_left", "owner_left"]


def test_attempt_without_control_is_on_record_even_inside_a_transaction_of_its_own(session, assistant):
    with transaction.atomic(), pytest.raises(NotInControl):
        start_activity(session, "recording", by=assistant)

    told = {"action": "start_activity", "code": "not_in_control"}
    assert latest(session)[-1] == ("control.refused", told)


def test_person_whom_live_media_do_not_reach_is_not_asked_for_them(session, carol):
    """Browsers send to each other directly: so many people, the primary and the current customer before all others."""
    SitePolicy.objects.update(media_people=2)
    omar = make_customer(session, "Omar")

    with pytest.raises(BeyondCircle):
        ask(session, omar, "video")
    ask(session, carol, "video")

    switch_customer(session, omar, by=session.primary)
    ask(session, omar, "video")
