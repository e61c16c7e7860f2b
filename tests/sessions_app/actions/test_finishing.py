"""What becomes of a recording, judged by ffprobe."""

import io
import zipfile
from pathlib import Path

import pytest

from sessions_app import parts
from sessions_app.actions.activities import stop_activity
from sessions_app.actions.finishing import finish_recording
from sessions_app.actions.stored import drop_recording
from sessions_app.models import Recording
from tests.factories import latest, types
from tests.sessions_app.recordings import frame_at, probed, running, send, send_in_pieces, webm  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


@pytest.fixture
def recording(session, clock):
    return running(session, clock)


@pytest.fixture
def finished(session, clock, recording):
    """finished(): the recording, stopped and done with."""

    def finished():
        stop_activity(session, recording.activity, by=session.primary)
        clock.forward(seconds=12)
        recording.refresh_from_db()
        return recording

    return finished


def test_pieces_become_a_file_that_can_be_sought_in(session, recording, finished, webm):  # noqa: F811
    send_in_pieces(recording, webm(4), age=2)
    path = parts.path_of("recordings") / str(recording.pk)
    assert probed(path / "0")[0] is None
    assert path.exists()

    finished()

    assert (recording.state, recording.is_raw, recording.content_type) == ("ready", False, "video/webm")
    seconds, codecs = probed(recording.file.path)
    assert abs(seconds - 4) < 0.5
    assert codecs == ["opus", "vp8"]
    assert frame_at(recording.file.path, 3)
    assert abs(recording.duration - seconds) < 0.1
    assert recording.size == Path(recording.file.path).stat().st_size
    assert not path.exists()
    told = {"recording": recording.pk, "activity": recording.activity_id}
    facts = {"duration": recording.duration, "size": recording.size}
    assert latest(session)[-1] == ("recording.saved", {**told, **facts})


def test_segments_of_several_loads_become_one_file(recording, finished, webm):  # noqa: F811
    send_in_pieces(recording, webm(3))
    send_in_pieces(recording, webm(2), name="second")

    finished()

    assert abs(probed(recording.file.path)[0] - 5) < 0.5
    assert frame_at(recording.file.path, 4)
    assert [round(segment.duration) for segment in recording.segments.all()] == [3, 2]


def test_stretch_without_sound_stands_between_others(recording, finished, webm):  # noqa: F811
    send_in_pieces(recording, webm(2))
    send_in_pieces(recording, webm(2, sound=False), name="second")

    finished()

    seconds, codecs = probed(recording.file.path)
    assert abs(seconds - 4) < 0.5
    assert codecs == ["opus", "vp8"]


def test_segment_cut_off_in_the_middle_is_kept_up_to_there(recording, finished, webm):  # noqa: F811
    whole = webm(4)
    send_in_pieces(recording, whole[: len(whole) // 2])

    finished()

    assert 1 < probed(recording.file.path)[0] < 4


def test_segment_in_which_nothing_can_be_played_is_left_out(recording, finished, webm):  # noqa: F811
    send(recording, b"no film at all", name="broken")
    send_in_pieces(recording, webm(2), name="second")

    finished()

    assert abs(probed(recording.file.path)[0] - 2) < 0.5
    assert [round(segment.duration) for segment in recording.segments.all()] == [0, 2]


def test_finishing_twice_does_no_harm(session, recording, finished, webm):  # noqa: F811
    send_in_pieces(recording, webm(2))
    before = Recording.objects.get(pk=recording.pk)
    finished()
    name, told = recording.file.name, types(session)

    finish_recording(recording)
    # One who was sent before and is slow: he still believes that there is something to do.
    before.state = Recording.State.FINISHING
    finish_recording(before)

    recording.refresh_from_db()
    assert (recording.state, recording.file.name, types(session)) == ("ready", name, told)
    assert Path(recording.file.path).exists()


def test_run_that_was_killed_leaves_one_file(recording, finished, webm, settings):  # noqa: F811
    send_in_pieces(recording, webm(2))
    finished()
    # Saved, and then nobody put it on record.
    parts.write_at(recording.segments.get().part, 0, webm(2))
    Recording.objects.filter(pk=recording.pk).update(state="finishing", file="")
    recording.refresh_from_db()

    finish_recording(recording)

    recording.refresh_from_db()
    [kept] = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert recording.file.path == str(kept)


def test_recording_that_was_erased_while_it_was_finished_does_not_come_back(session, recording, webm):  # noqa: F811
    send_in_pieces(recording, webm(1))
    stop_activity(session, recording.activity, by=session.primary)
    recording.refresh_from_db()
    drop_recording(recording)

    recording.refresh_from_db()
    finish_recording(recording)

    recording.refresh_from_db()
    assert (recording.state, recording.file.name) == ("ready", "")


def test_recording_of_which_nothing_came_is_empty(session, recording, finished):
    finished()

    assert (recording.state, recording.file.name) == ("empty", "")
    assert types(session)[-1] == "activity.stopped"


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
        with zipfile.ZipFile(io.BytesIO(recording.file.read())) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == {"1.webm": b"one", "2.webm": b"two"}
