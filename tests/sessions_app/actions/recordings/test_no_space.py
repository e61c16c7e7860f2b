"""A site without space does not begin to record, ends what it records with a reason, and keeps what it has of it."""

import pytest

from sessions_app.actions.activities.activities import stop_activity
from sessions_app.actions.recordings.chunks import QUOTA_EVERY
from sessions_app.errors import NoSpaceLeft, QuotaReached
from sessions_app.models import Activity, Recording
from sessions_app.storage import upload_store
from supportcenter.disks import disks_in_use
from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from tests.factories import latest, types
from tests.full_disk.small_disk import small_disk
from tests.sessions_app.recordings import announced, send, send_in_pieces
from tests.sessions_app.storing import leave_no_space, leave_space, set_policy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def no_ffmpeg(settings):
    settings.FFMPEG = "no-such-program"


def test_recording_is_not_announced(session, policy):
    leave_no_space()
    before = types(session)
    with pytest.raises(NoSpaceLeft):
        announced(session)
    assert types(session) == before
    assert not Activity.objects.exists()


def test_piece_is_refused_and_everyone_is_told_why_it_ends(session, recording, no_ffmpeg, clock):
    send(recording, b"first")
    leave_no_space()

    with pytest.raises(NoSpaceLeft):
        send(recording, b"second", number=1)

    recording.refresh_from_db()
    event, data = latest(session)[-1]
    assert (event, data["kind"], data["reason"]) == ("activity.stopped", "recording", "no_space")
    assert recording.state == "finishing"
    # What was acknowledged is kept, and saved once there is room.
    leave_space()
    clock.forward(seconds=12)
    recording.refresh_from_db()
    assert (recording.state, recording.file.read()) == ("ready", b"first")


def test_disk_that_fills_up_under_a_piece_ends_it_too(session, recording, settings, tmp_path):
    (tmp_path / "small").mkdir()
    with small_disk(tmp_path / "small", mebibytes=1) as small:
        settings.PARTS_DIR = small.folder / "parts"
        set_policy(disk_floor_percent=0)
        send(recording, b"first")
        small.fill(leave=8192)
        with pytest.raises(NoSpaceLeft):
            send(recording, bytes(100_000), number=1)
        assert Activity.objects.get(kind="recording").stop_reason == "no_space"
        assert recording.segments.get().size == len(b"first")


def test_last_piece_after_the_end_ends_nothing_twice(session, recording, clock):
    send(recording, b"first")
    stop_activity(session, recording.activity, by=session.primary)
    leave_no_space()
    before = types(session)
    with pytest.raises(NoSpaceLeft):
        send(recording, b"second", number=1)
    assert types(session) == before


def test_recording_that_the_site_requires_ends_too(session, recording):
    set_policy(recording="always")
    leave_no_space()
    with pytest.raises(NoSpaceLeft):
        send(recording, b"first")
    assert Activity.objects.get(kind="recording").stop_reason == "no_space"


def test_quota_is_asked_from_time_to_time(session, recording):
    for number in range(QUOTA_EVERY):
        send(recording, bytes(1024 * 1024), number=number)
    set_policy(session_mebibytes=QUOTA_EVERY)
    with pytest.raises(QuotaReached):
        send(recording, b"one more", number=QUOTA_EVERY)
    assert Activity.objects.get(kind="recording").stop_reason == "no_space"
    # The next one is not even announced.
    set_policy(session_mebibytes=QUOTA_EVERY - 1)
    with pytest.raises(QuotaReached):
        announced(session)


def test_film_waits_for_room_however_long_it_takes(recording, finished, no_ffmpeg, clock):
    send(recording, b"film")
    leave_no_space()
    finished()
    for _ in range(2 * MOST_ATTEMPTS):
        clock.forward(seconds=60)
    recording.refresh_from_db()
    assert (recording.state, recording.tries) == ("finishing", 0)
    assert upload_store.path_of(recording.segments.get().part).read_bytes() == b"film"
    assert Job.objects.get(kind="sessions.finish_recording").failed_at is None

    leave_space()
    clock.forward(seconds=60)
    recording.refresh_from_db()
    assert (recording.state, recording.file.read()) == ("ready", b"film")


def test_film_may_use_half_of_what_has_to_stay_free(session, recording, finished, no_ffmpeg, policy):
    """Else a recording that was ended at that limit could never be finished."""
    send(recording, b"film")
    # A little more has to stay free than there is.
    set_policy(disk_floor_percent=100, disk_floor_mebibytes=free_mebibytes() + 1000)
    finished()
    recording.refresh_from_db()
    assert recording.state == "ready"


@pytest.mark.slow
def test_ffmpeg_without_space_is_no_try(recording, finished, webm, settings, clock, tmp_path):
    (tmp_path / "small").mkdir()
    with small_disk(tmp_path / "small", mebibytes=2) as small:
        settings.PARTS_DIR = small.folder / "parts"
        set_policy(disk_floor_percent=0)
        for name in ("first", "second"):
            send_in_pieces(recording, webm(4), name=name)
        # Enough for a copy of each, and not for the two in one.
        small.fill(leave=2 * len(webm(4)) + 16_384)
        for _ in range(3):
            finished() if Recording.objects.get().state == "running" else clock.forward(seconds=60)
        recording.refresh_from_db()
        assert (recording.state, recording.tries) == ("finishing", 0)

        small.make_room()
        clock.forward(seconds=60)
        recording.refresh_from_db()
        assert (recording.state, recording.is_raw) == ("ready", False)


def free_mebibytes():
    return min(disk.free for disk in disks_in_use()) // (1024 * 1024)
