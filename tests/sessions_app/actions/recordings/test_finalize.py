"""What becomes of a recording, judged by ffprobe."""

from pathlib import Path

import pytest

from sessions_app.actions.retention.delete_files import delete_recording
from sessions_app.storage import upload_store
from tests.browser.media.programs import need
from tests.factories import latest, types
from tests.sessions_app.recordings import MP4, frame_at, live_webm, probed, send, send_in_pieces, unpacked

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("disk")]


def test_pieces_become_a_file_that_can_be_sought_in(session, recording, finished, webm):
    send_in_pieces(recording, webm(4), age=2)
    path = upload_store.path_of("recordings") / str(recording.pk)
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


def test_segments_of_several_loads_become_one_file(recording, finished, webm):
    send_in_pieces(recording, webm(3))
    send_in_pieces(recording, webm(2), name="second")

    finished()

    assert abs(probed(recording.file.path)[0] - 5) < 0.5
    assert frame_at(recording.file.path, 4)
    assert [round(segment.duration) for segment in recording.segments.all()] == [3, 2]


def test_stretch_without_sound_stands_between_others(recording, finished, webm):
    send_in_pieces(recording, webm(2))
    send_in_pieces(recording, webm(2, sound=False), name="second")

    finished()

    seconds, codecs = probed(recording.file.path)
    assert abs(seconds - 4) < 0.5
    assert codecs == ["opus", "vp8"]


def test_segment_cut_off_in_the_middle_is_kept_up_to_there(recording, finished, webm):
    whole = webm(4)
    send_in_pieces(recording, whole[: len(whole) // 2])

    finished()

    assert 1 < probed(recording.file.path)[0] < 4


def test_segments_of_two_formats_become_one_file(recording, finished, webm, mp4):
    send_in_pieces(recording, webm(2))
    send_in_pieces(recording, mp4(3), name="second", content_type=MP4)

    finished()

    assert (recording.content_type, recording.is_raw, recording.beside.name) == ("video/webm", False, "")
    seconds, codecs = probed(recording.file.path)
    assert abs(seconds - 5) < 0.5
    assert codecs == ["opus", "vp8"]
    assert frame_at(recording.file.path, 4)
    assert [round(segment.duration) for segment in recording.segments.all()] == [2, 3]


def test_mp4_alone_stays_mp4(recording, finished, mp4):
    send_in_pieces(recording, mp4(2), content_type=MP4)
    send_in_pieces(recording, mp4(3), name="second", content_type=MP4)

    finished()

    assert (recording.content_type, recording.is_raw, recording.beside.name) == ("video/mp4", False, "")
    seconds, codecs = probed(recording.file.path)
    assert abs(seconds - 5) < 0.5
    assert codecs == ["aac", "h264"]
    assert frame_at(recording.file.path, 4)


def test_mp4_of_which_one_is_silent_loses_nothing(recording, finished, mp4):
    send_in_pieces(recording, mp4(2), content_type=MP4)
    send_in_pieces(recording, mp4(2, sound=False), name="second", content_type=MP4)

    finished()

    assert (recording.is_raw, recording.beside.name) == (False, "")
    assert abs(probed(recording.file.path)[0] - 4) < 0.5


def test_segments_of_two_sizes_become_one_file(recording, finished, webm):
    send_in_pieces(recording, webm(2))
    send_in_pieces(recording, live_webm(need("ffmpeg", package="ffmpeg"), 2, True, "176x144"), name="second")

    finished()

    assert (recording.is_raw, recording.beside.name) == (False, "")
    assert abs(probed(recording.file.path)[0] - 4) < 0.5


def test_segment_that_cannot_be_read_is_kept_beside(recording, finished, webm):
    send_in_pieces(recording, webm(1))
    send(recording, b"no film at all", name="broken", content_type=MP4)
    send_in_pieces(recording, webm(2), name="third")

    finished()

    assert abs(probed(recording.file.path)[0] - 3) < 0.5
    assert [round(segment.duration) for segment in recording.segments.all()] == [1, 0, 2]
    assert [segment.is_beside for segment in recording.segments.all()] == [False, True, False]
    assert unpacked(recording.beside) == {"2.mp4": b"no film at all"}

    delete_recording(recording)
    assert [path for path in Path(recording.file.storage.location).rglob("*") if path.is_file()] == []


def test_segment_that_is_damaged_in_the_middle_is_kept_beside_too(recording, finished, webm):
    whole = webm(4)
    middle = len(whole) // 2
    damaged = whole[:middle] + bytes(4000) + whole[middle + 4000 :]
    send_in_pieces(recording, damaged)

    finished()

    assert recording.content_type == "video/webm"
    assert unpacked(recording.beside) == {"1.webm": damaged}


def test_recording_of_which_nothing_came_is_empty(session, recording, finished):
    finished()

    assert (recording.state, recording.file.name) == ("empty", "")
    assert types(session)[-1] == "activity.stopped"
