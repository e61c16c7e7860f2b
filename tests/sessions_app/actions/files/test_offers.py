"""Files offered and answered: what happens, and each no."""

import pytest

from sessions_app.actions.activities.consent import decline, give_consent
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.files import transfers as verbs
from sessions_app.actions.files.offers import Offered, accept_files, decline_files
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.errors import (
    AskedTooOften,
    CapabilityOff,
    FileIsEmpty,
    FileKindRefused,
    FileTooLarge,
    NobodyToSendTo,
    NoFile,
    NotInControl,
    NotInSession,
    NotYours,
    OfferPending,
    RequestOver,
    SessionHasEnded,
    TooManyFiles,
)
from sessions_app.models import Consent, FileTransfer
from tests.factories import latest, make_assistant, make_customer, types
from tests.sessions_app.sending import offer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def assistant(session, bilal):
    return make_assistant(session, bilal)


# ---- Offering


def test_offer_names_files_and_sizes(session, carol):
    activity = offer(session, files=[Offered("../a.txt", 3), Offered("b.png", 4, "image/png")])

    assert (activity.owner, activity.requested_by, activity.state) == (carol, session.primary, "requested")
    told = latest(session)[-2:]
    assert [event for event, _ in told] == ["activity.requested", "file.offered"]
    assert [(file["name"], file["size"], file["content_type"]) for file in told[1][1]["files"]] == [
        ("a.txt", 3, ""),
        ("b.png", 4, "image/png"),
    ]


def test_customer_offers_to_the_primary(session, carol):
    activity = offer(session, by=carol)
    assert (activity.owner, activity.requested_by) == (session.primary, carol)

    accept_files(session, activity, by=session.primary)
    accept_files(session, activity, by=session.primary)

    assert types(session)[-3:] == ["activity.requested", "file.offered", "activity.allowed"]
    assert not Consent.objects.exists()


def test_primary_may_name_another_customer(session, carol):
    omar = make_customer(session, "Omar")
    assert offer(session, to=omar).owner == omar
    assert offer(session).owner == carol


def test_offering_is_for_the_primary_and_customers(session, carol, assistant):
    with pytest.raises(NotInControl):
        offer(session, by=assistant)
    assert types(session)[-1] == "control.refused"
    former = session.primary
    transfer_control(session, assistant, by=former)
    with pytest.raises(NotInControl):
        offer(session, by=former)
    assert not FileTransfer.objects.exists()


def test_offer_needs_a_receiver(session):
    with pytest.raises(NobodyToSendTo):
        offer(session)


def test_offer_after_the_end_and_after_leaving(session, carol):
    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        offer(session, by=carol)
    end_session(session, by=session.primary)
    with pytest.raises(SessionHasEnded):
        offer(session)


def test_offer_where_files_are_switched_off(session, carol, policy):
    policy.switched_off = ["files"]
    policy.save()
    for somebody in (session.primary, carol):
        with pytest.raises(CapabilityOff):
            offer(session, by=somebody)


@pytest.mark.parametrize(
    ("files", "refusal", "words"),
    [
        ([], NoFile, "at least one"),
        ([Offered("empty.txt", 0)], FileIsEmpty, "“empty.txt” is empty"),
        ([Offered("big.iso", 2 * 1024 * 1024 + 1)], FileTooLarge, "2.0\xa0MB at most"),
        ([Offered("x/Setup.EXE. ", 5)], FileKindRefused, "“Setup.EXE”"),
        ([Offered("a", 1), Offered("b", 1), Offered("c", 1)], TooManyFiles, "at most 2 files"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(session, carol, policy, files, refusal, words):
    policy.file_mebibytes, policy.files_at_once, policy.refused_file_endings = 2, 2, "exe bat"
    policy.save()
    before = types(session)

    with pytest.raises(refusal) as refused:
        offer(session, files=files)

    assert words in str(refused.value.message)
    assert types(session) == before
    assert not FileTransfer.objects.exists()


def test_session_has_a_number_of_files(session, carol, policy):
    policy.files_per_session = 2
    policy.save()
    decline(session, offer(session, files=[Offered("a", 1), Offered("b", 1)]), by=carol)
    give_consent(session, offer(session, files=[Offered("a", 1), Offered("b", 1)]), by=carol)
    with pytest.raises(TooManyFiles):
        offer(session)


def test_one_box_at_a_time(session, carol):
    offer(session)
    with pytest.raises(OfferPending):
        offer(session)
    assert offer(session, by=carol).owner == session.primary


def test_nobody_is_worn_down_into_a_yes_but_who_accepts_may_get_many(session, carol, policy):
    for _ in range(policy.requests_per_minute + 2):
        give_consent(session, offer(session), by=carol)
    for _ in range(policy.requests_per_minute):
        decline(session, offer(session), by=carol)
    with pytest.raises(AskedTooOften):
        offer(session)


def test_standing_permission_answers_by_itself(session, carol):
    give_consent(session, offer(session), standing=True, by=carol)

    assert offer(session).state == "allowed"
    assert offer(session).state == "allowed"
    assert types(session)[-3:] == ["activity.requested", "file.offered", "activity.allowed"]


# ---- Answering


def test_decline_stops_the_files_and_is_on_record(session, carol):
    activity = decline(session, offer(session), by=carol)

    assert types(session)[-3:] == ["file.offered", "consent.answered", "activity.stopped"]
    assert [each.stop_reason for each in activity.files.all()] == ["declined"]


def test_primary_declines(session, carol):
    activity = decline_files(session, offer(session, by=carol), by=session.primary)
    decline_files(session, activity, by=session.primary)

    assert latest(session)[-1][1]["reason"] == "declined"
    assert [each.stop_reason for each in activity.files.all()] == ["declined"]
    with pytest.raises(RequestOver):
        accept_files(session, activity, by=session.primary)


def test_answer_is_the_receivers(session, carol, assistant):
    activity = offer(session, by=carol)
    for somebody in (assistant, carol):
        with pytest.raises(NotYours):
            accept_files(session, activity, by=somebody)


@pytest.mark.parametrize("sender", ["amal", "carol"])
def test_no_answer_is_a_no(session, carol, clock, sender):
    activity = offer(session, by=carol if sender == "carol" else None)

    clock.forward(seconds=61)

    assert [each.stop_reason for each in activity.files.all()] == ["unanswered"]
    assert Consent.objects.filter(answer="unanswered").count() == (sender == "amal")


def test_sender_withdraws_an_offer(session, carol):
    activity = offer(session, by=carol)
    for each in activity.files.all():
        verbs.stop_transfer(session, each, by=carol)

    activity.refresh_from_db()
    assert (activity.state, activity.stop_reason) == ("stopped", "withdrawn")
