import pytest

from sessions_app.actions.activities.activities import report_running, start_activity, stop_activity
from sessions_app.actions.control.relinquish import relinquish_session
from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.recordings.chunks import LARGEST_CHUNK, take_chunk
from sessions_app.actions.recordings.recordings import pause_recording, resume_recording
from sessions_app.errors import (
    CapabilityOff,
    ChunkNotStored,
    ChunkOutOfOrder,
    ChunkRefused,
    ChunkTooLarge,
    NotAnnouncedYet,
    NotInControl,
    NotYours,
    RecordingIsRequired,
    RecordingOver,
)
from sessions_app.models import Activity, Recording, RecordingSegment
from sessions_app.storage import upload_store
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.models import Job
from tests.factories import latest, make_assistant, make_customer, types
from tests.sessions_app.recordings import WEBM, announced, running, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


@pytest.fixture
def assistant(session, bilal):
    return make_assistant(session, bilal)


def what(activity):
    primary = activity.owner_id
    return {"activity": activity.pk, "kind": "recording", "owner": primary, "requested_by": primary}


# ---- announced, then running


def test_it_is_announced_before_it_runs(session, clock):
    before = len(latest(session))
    activity, recording = announced(session)
    with pytest.raises(NotAnnouncedYet):
        report_running(session, activity, details={}, by=session.primary)
    with pytest.raises(NotAnnouncedYet):
        send(recording, b"too soon")

    clock.forward(seconds=3)
    report_running(session, activity, details={"surface": "monitor"}, by=session.primary)

    assert latest(session, before) == [
        ("activity.allowed", what(activity)),
        ("activity.started", {**what(activity), "details": {"recording": recording.pk}}),
    ]


def test_there_is_one_recording_at_a_time(session):
    activity, recording = announced(session)

    assert start_activity(session, "recording", by=session.primary) == activity
    assert Recording.objects.get() == recording


def test_recording_is_the_primarys_alone(session, assistant, carol, recording):
    for somebody in (assistant, carol):
        with pytest.raises(NotInControl):
            start_activity(session, "recording", by=somebody)
        with pytest.raises(NotInControl):
            pause_recording(session, recording, by=somebody)
        with pytest.raises(NotInControl):
            resume_recording(session, recording, by=somebody)
        with pytest.raises(NotYours):
            send(recording, b"mine", by=somebody)


def test_policy_switches_it_off(session, policy):
    policy.recording = SitePolicy.Recording.OFF
    policy.save()

    with pytest.raises(CapabilityOff):
        start_activity(session, "recording", by=session.primary)


def test_where_every_session_is_recorded_nobody_stops_it_but_a_browser_that_cannot(session, policy, recording):
    policy.recording = SitePolicy.Recording.ALWAYS
    policy.save()

    with pytest.raises(RecordingIsRequired):
        stop_activity(session, recording.activity, by=session.primary)
    pause_recording(session, recording, by=session.primary)
    stop_activity(session, recording.activity, failure="unsupported", by=session.primary)

    recording.activity.refresh_from_db()
    assert recording.activity.stop_reason == "failed"


# ---- pause


def test_pause_and_resume_are_told_to_all_once(session, recording):
    before = len(latest(session))
    told = {"recording": recording.pk, "activity": recording.activity_id}

    for action in (pause_recording, pause_recording, resume_recording, resume_recording):
        action(session, recording, by=session.primary)

    assert latest(session, before) == [("recording.paused", told), ("recording.resumed", told)]


def test_nothing_is_paused_that_does_not_run(session, clock):
    activity, recording = announced(session)
    with pytest.raises(RecordingOver):
        pause_recording(session, recording, by=session.primary)
    clock.forward(seconds=3)
    report_running(session, activity, details={}, by=session.primary)
    stop_activity(session, activity, by=session.primary)

    with pytest.raises(RecordingOver):
        pause_recording(session, recording, by=session.primary)


# ---- pieces


def test_pieces_are_put_behind_each_other(recording):
    assert send(recording, b"one", age=2) == 1
    assert send(recording, b"two", number=1) == 2

    segment = RecordingSegment.objects.get()
    assert (segment.name, segment.place, segment.chunks, segment.size) == ("first", 0, 2, 6)
    assert segment.content_type == "video/webm"
    assert upload_store.path_of(segment.part).read_bytes() == b"onetwo"
    assert (recording.started_at - segment.started_at).total_seconds() < 3


def test_piece_that_comes_twice_is_there_once(recording):
    send(recording, b"one")
    send(recording, b"two", number=1)

    assert send(recording, b"one") == 2

    segment = RecordingSegment.objects.get()
    assert upload_store.path_of(segment.part).read_bytes() == b"onetwo"


def test_piece_out_of_order_is_refused_with_the_number_that_is_expected(recording):
    with pytest.raises(ChunkOutOfOrder) as refused:
        send(recording, b"three", number=2)
    assert refused.value.facts == {"expected": 0}
    assert not RecordingSegment.objects.exists()
    send(recording, b"one")
    with pytest.raises(ChunkOutOfOrder) as refused:
        send(recording, b"three", number=2)
    assert refused.value.facts == {"expected": 1}


def test_each_load_of_the_page_begins_a_segment(recording):
    send(recording, b"one")
    send(recording, b"uno", name="second")
    send(recording, b"two", number=1)

    assert list(RecordingSegment.objects.values_list("name", "place", "size")) == [("first", 0, 6), ("second", 1, 3)]


def test_what_a_failed_transaction_left_behind_does_not_count(recording):
    send(recording, b"one")
    segment = RecordingSegment.objects.get()
    upload_store.write_at(segment.part, 3, b"left over, and longer")

    send(recording, b"two", number=1)

    assert upload_store.path_of(segment.part).read_bytes() == b"onetwo"


@pytest.mark.parametrize(
    ("data", "name", "content_type", "refusal"),
    [
        (b"", "first", WEBM, ChunkRefused),
        (b"text", "first", "text/html", ChunkRefused),
        (b"one", "x" * 41, WEBM, ChunkRefused),
        (b"x" * (LARGEST_CHUNK + 1), "first", WEBM, ChunkTooLarge),
    ],
)
def test_what_is_no_piece_is_refused(recording, data, name, content_type, refusal):
    with pytest.raises(refusal):
        take_chunk(recording, name, 0, data, content_type=content_type, by=recording.session.primary)
    assert not RecordingSegment.objects.exists()


def test_disk_that_is_away_is_told_and_the_recording_goes_on(recording, settings, disk):
    (disk / "away").write_text("a file, where a folder is needed")
    here, settings.PARTS_DIR = settings.PARTS_DIR, disk / "away"

    with pytest.raises(ChunkNotStored):
        send(recording, b"one")

    settings.PARTS_DIR = here
    assert send(recording, b"one") == 1


# ---- the end


def test_last_pieces_come_in_shortly_after_the_end_and_then_no_more(session, clock, recording):
    send(recording, b"one")
    stop_activity(session, recording.activity, by=session.primary)
    clock.forward(seconds=9)
    assert send(recording, b"two", number=1) == 2

    clock.forward(seconds=1)

    with pytest.raises(RecordingOver):
        send(recording, b"three", number=2)


def end(session, recording, **cast):
    end_session(session, by=session.primary)


def transfer(session, recording, *, assistant):
    transfer_control(session, assistant, by=session.primary)


def relinquish(session, recording, **cast):
    relinquish_session(session.locked(), by=session.primary)


@pytest.mark.parametrize("how", [end, transfer, relinquish])
def test_it_ends_with_the_session_and_with_control(session, assistant, recording, how):
    former = session.primary
    send(recording, b"one")
    pause_recording(session, recording, by=former)

    how(session, recording, assistant=assistant)

    recording.refresh_from_db()
    assert (recording.state, recording.paused_at) == ("finishing", None)
    assert Job.objects.filter(kind="sessions.finish_recording", payload={"recording": recording.pk}).count() == 1
    # The page of the CSR who was in control sends the end of it.
    assert send(recording, b"two", number=1, by=former) == 2


def test_switching_the_customer_does_not_end_it(session, carol, recording):
    switch_customer(session, make_customer(session, "Omar"), by=session.primary)

    recording.refresh_from_db()
    assert recording.state == "running"


def test_what_was_announced_and_never_ran_leaves_nothing(session, clock):
    activity, recording = announced(session)

    stop_activity(session, activity, by=session.primary)
    clock.forward(minutes=1)

    recording.refresh_from_db()
    assert recording.state == "empty"
    assert types(session)[-1] == "activity.stopped"


def test_the_next_recording_is_another(session, clock, recording):
    stop_activity(session, recording.activity, by=session.primary)

    assert running(session, clock) != recording
    assert Activity.objects.filter(kind="recording").count() == 2
