"""Files paused, cancelled, and cut short by whatever ends their way: nothing of them is left."""

import pytest

from sessions_app.actions.activities.consent import give_consent, withdraw_consent
from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.files import transfers as verbs
from sessions_app.actions.files.offers import Offered, accept_files
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.errors import FileOver, NotYours
from sessions_app.storage.block_digests import BLOCK
from tests.factories import latest, make_customer, types
from tests.sessions_app.sending import WHOLE, block, fresh, is_left_on_disk, offer, sending, upload

pytestmark = pytest.mark.django_db(transaction=True)


def test_either_side_pauses_and_goes_on(session, carol, assistant):
    (transfer,) = sending(session, carol)
    for somebody in (carol, session.primary):
        for _ in range(2):
            verbs.pause_file(session, transfer, by=somebody)
        for _ in range(2):
            verbs.resume_file(session, transfer, by=somebody)
    assert types(session)[-4:] == ["file.paused", "file.resumed"] * 2
    with pytest.raises(NotYours):
        verbs.pause_file(session, transfer, by=assistant)


@pytest.mark.parametrize(("failure", "reason"), [("", "cancelled"), ("failed", "failed"), ("<b>", "cancelled")])
def test_either_side_cancels_one_and_the_others_go_on(session, carol, failure, reason):
    first, second = sending(session, carol, files=[Offered("a", 5), Offered("b", 5)])
    block(first, 0, b"first")
    for _ in range(2):
        verbs.stop_transfer(session, first, failure=failure, by=carol)
    assert latest(session)[-1] == (
        "file.stopped",
        {
            "file": first.pk,
            "activity": first.activity_id,
            "sender": session.primary.pk,
            "receiver": carol.pk,
            "name": "a",
            "reason": reason,
        },
    )
    assert not is_left_on_disk(first)
    verbs.stop_transfer(session, second, by=session.primary)
    assert types(session)[-2:] == ["file.stopped", "activity.stopped"]


def test_cancelling_is_for_the_two(session, carol, assistant):
    (transfer,) = sending(session, carol)
    with pytest.raises(NotYours):
        verbs.stop_transfer(session, transfer, by=assistant)


ENDINGS = {
    "transfer": lambda session, carol, assistant: transfer_control(session, assistant, by=session.primary),
    "leaving": lambda session, carol, assistant: leave_session(session, by=carol),
    "removal": lambda session, carol, assistant: remove_participant(session, carol, by=session.primary),
    "end": lambda session, carol, assistant: end_session(session, by=session.primary),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("sender", ["amal", "carol"])
def test_partial_file_is_gone_and_both_are_told(session, carol, assistant, ending, sender):
    activity = offer(session, by=carol if sender == "carol" else None)
    if sender == "carol":
        accept_files(session, activity, by=session.primary)
    else:
        give_consent(session, activity, by=carol)
    transfer = verbs.start_file(session, activity.files.get(), way="server", by=activity.requested_by)
    upload(transfer, upto=BLOCK)
    assert is_left_on_disk(transfer)

    ENDINGS[ending](session, carol, assistant)

    assert (fresh(transfer).state, fresh(transfer).stop_reason) == ("stopped", "ended")
    assert not is_left_on_disk(transfer)
    assert types(session).index("file.stopped") > types(session).index("activity.stopped") - 2
    with pytest.raises(FileOver):
        block(transfer, BLOCK, WHOLE[BLOCK:])


def test_switching_customer_leaves_files_going(session, carol):
    omar = make_customer(session, "Omar")
    (transfer,) = sending(session, carol)
    switch_customer(session, omar, by=session.primary)

    assert fresh(transfer).state == "moving"


def test_withdrawing_consent_stops_what_comes_and_not_what_goes(session, carol):
    (coming,) = sending(session, carol)
    going = accept_files(session, offer(session, by=carol), by=session.primary).files.get()
    withdraw_consent(session, by=carol)

    assert (fresh(coming).state, fresh(going).state) == ("stopped", "offered")
