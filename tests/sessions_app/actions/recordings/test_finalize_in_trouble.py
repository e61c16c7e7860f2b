"""What becomes of a recording when a program or a disk is missing, or a run is killed."""

from pathlib import Path

import pytest

from sessions_app.actions.activities.activities import stop_activity
from sessions_app.actions.recordings.finalize import TRIES_AT_FILM, finalize_recording
from sessions_app.actions.retention.delete_files import delete_recording
from sessions_app.models import Recording
from sessions_app.storage import upload_store
from tests.browser.media.programs import need
from tests.factories import types
from tests.sessions_app.recordings import probed, send, send_in_pieces, unpacked

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("disk")]


class TestMachineThatLacksSomething:
    """ffmpeg may write no more than a few kilobytes: as on a disk that is full."""

    @pytest.fixture(autouse=True)
    def full(self, settings, tmp_path):
        program = need("ffmpeg", package="ffmpeg")
        settings.FFMPEG = str(tmp_path / "ffmpeg")
        Path(settings.FFMPEG).write_text(f'#!/bin/sh\nulimit -f 8\nexec {program} "$@"\n')
        Path(settings.FFMPEG).chmod(0o700)

    def test_nothing_is_taken_away_and_it_is_tried_again(self, session, recording, finished, webm, settings, clock):
        send_in_pieces(recording, webm(4))
        finished()
        assert (recording.state, recording.tries, recording.file.name) == ("finishing", 1, "")
        assert upload_store.path_of(recording.segments.get().part).read_bytes() == webm(4)
        assert types(session)[-1] == "activity.stopped"

        settings.FFMPEG = need("ffmpeg", package="ffmpeg")
        clock.forward(seconds=6)

        recording.refresh_from_db()
        assert (recording.state, recording.is_raw, recording.tries) == ("ready", False, 2)
        assert abs(probed(recording.file.path)[0] - 4) < 0.5

    def test_after_the_last_try_the_pieces_are_kept_as_they_are(self, recording, finished, webm, clock):
        send_in_pieces(recording, webm(4))
        finished()
        for _ in range(TRIES_AT_FILM):
            clock.forward(seconds=4000)

        recording.refresh_from_db()
        assert (recording.state, recording.is_raw, recording.tries) == ("ready", True, TRIES_AT_FILM + 1)
        assert recording.file.read() == webm(4)

    def test_storage_that_cannot_be_written_keeps_the_pieces(self, recording, finished, settings, tmp_path):
        settings.FFMPEG = "no-such-program"
        (tmp_path / "media").write_text("no folder")
        send(recording, b"film")

        finished()

        assert recording.state == "finishing"
        assert upload_store.path_of(recording.segments.get().part).read_bytes() == b"film"


class TestDiskThatIsAway:
    @pytest.fixture(autouse=True)
    def no_ffmpeg(self, settings):
        settings.FFMPEG = "no-such-program"

    def test_what_came_in_is_waited_for(self, recording, finished, settings, tmp_path, clock):
        send(recording, b"film")
        here, settings.PARTS_DIR = settings.PARTS_DIR, tmp_path / "not-mounted"
        finished()
        assert (recording.state, recording.is_late, recording.file.name) == ("finishing", False, "")

        settings.PARTS_DIR = here
        clock.forward(seconds=6)

        recording.refresh_from_db()
        assert (recording.state, recording.file.read()) == ("ready", b"film")

    def test_what_is_there_is_kept_after_the_last_try(self, recording, finished, clock, caplog):
        send(recording, b"one", name="a")
        send(recording, b"two", name="b")
        lost, kept = recording.segments.all()
        upload_store.path_of(lost.part).unlink()
        finished()
        for _ in range(TRIES_AT_FILM):
            assert upload_store.path_of(kept.part).read_bytes() == b"two"
            clock.forward(seconds=4000)

        recording.refresh_from_db()
        assert (recording.state, recording.file.read()) == ("ready", b"two")
        assert lost.part in caplog.text


class TestWithoutFfmpeg:
    @pytest.fixture(autouse=True)
    def no_ffmpeg(self, settings):
        settings.FFMPEG = "no-such-program"

    def test_one_segment_is_kept_as_it_came(self, session, recording, finished):
        send(recording, b"raw ")
        send(recording, b"film", number=1)

        finished()

        assert (recording.state, recording.is_raw, recording.duration) == ("ready", True, None)
        assert (recording.content_type, recording.file.read()) == ("video/webm", b"raw film")
        assert types(session)[-1] == "recording.saved"

    def test_several_segments_are_kept_side_by_side(self, recording, finished):
        send(recording, b"one")
        send(recording, b"two", name="second")

        finished()

        assert (recording.is_raw, recording.content_type) == (True, "application/zip")
        assert unpacked(recording.file) == {"1.webm": b"one", "2.webm": b"two"}


def test_finishing_twice_does_no_harm(session, recording, finished, webm):
    send_in_pieces(recording, webm(2))
    before = Recording.objects.get(pk=recording.pk)
    finished()
    name, told = recording.file.name, types(session)

    finalize_recording(recording)
    # A run that began before and is slow: it still believes that there is something to do.
    before.state = Recording.State.FINISHING
    finalize_recording(before)

    recording.refresh_from_db()
    assert (recording.state, recording.file.name, types(session)) == ("ready", name, told)
    assert Path(recording.file.path).exists()


def test_run_that_was_killed_leaves_one_file(recording, finished, webm, settings):
    send_in_pieces(recording, webm(2))
    finished()
    # Saved, and then nobody put it on record.
    upload_store.write_at(recording.segments.get().part, 0, webm(2))
    Recording.objects.filter(pk=recording.pk).update(state="finishing", file="")
    recording.refresh_from_db()

    finalize_recording(recording)

    recording.refresh_from_db()
    [kept] = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert recording.file.path == str(kept)


def test_recording_that_was_erased_while_it_was_finished_does_not_come_back(session, recording, webm):
    send_in_pieces(recording, webm(1))
    stop_activity(session, recording.activity, by=session.primary)
    recording.refresh_from_db()
    delete_recording(recording)

    recording.refresh_from_db()
    finalize_recording(recording)

    recording.refresh_from_db()
    assert (recording.state, recording.file.name) == ("ready", "")
