"""Pieces of a recording that come at the same moment, and its end while they do."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from sessions_app.actions.activities.activities import report_running, start_activity, stop_activity
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.recordings.finalize import finalize_recording
from sessions_app.actions.recordings.recordings import ANNOUNCED_FOR
from sessions_app.models import Activity, Recording
from sessions_app.models.recording import TAIL
from sessions_app.storage import upload_store
from tests.factories import types
from tests.races.together import refusals, together
from tests.sessions_app.recordings import send

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases,
    pytest.mark.usefixtures("disk"),
]


def running(scene):
    activity = start_activity(scene.session, "recording", by=scene.primary)
    Activity.objects.filter(pk=activity.pk).update(requested_at=activity.requested_at - ANNOUNCED_FOR)
    report_running(scene.session, activity, details={}, by=scene.primary)
    return Recording.objects.select_related("activity__owner", "session__primary").get(activity=activity)


def kept(recording):
    return [
        (segment.place, segment.chunks, upload_store.path_of(segment.part).read_bytes())
        for segment in recording.segments.all()
    ]


def test_same_piece_twice_at_once(rounds):
    for scene in rounds():
        recording = running(scene)
        assert together(partial(send, recording, b"one"), partial(send, recording, b"one")) == [1, 1]
        assert kept(recording) == [(0, 1, b"one")]


def test_first_pieces_of_two_segments_at_once(rounds):
    for scene in rounds():
        recording = running(scene)
        together(partial(send, recording, b"one"), partial(send, recording, b"two", name="second"))
        assert [place for place, *_rest in kept(recording)] == [0, 1]
        assert {data for *_rest, data in kept(recording)} == {b"one", b"two"}


def test_piece_against_stop_and_against_transfer(rounds):
    for scene in rounds():
        for number, end in enumerate((stop_activity, transfer_control)):
            recording = running(scene)
            what = recording.activity if end is stop_activity else scene.second
            by = scene.primary
            outcomes = together(partial(send, recording, b"one", by=by), partial(end, scene.session, what, by=by))
            # The last piece is taken on either side of the end.
            assert refusals(outcomes) == [], number
            recording.refresh_from_db()
            assert (recording.state, kept(recording)) == ("finishing", [(0, 1, b"one")])


def test_finishing_twice_at_once(rounds, settings):
    settings.FFMPEG = "no-such-program"
    for scene in rounds():
        recording = running(scene)
        send(recording, b"film")
        stop_activity(scene.session, recording.activity, by=scene.primary)
        Recording.objects.filter(pk=recording.pk).update(ended_at=recording.started_at - TAIL - timedelta(seconds=1))
        recording.refresh_from_db()
        together(partial(finalize_recording, recording), partial(finalize_recording, recording))
        recording.refresh_from_db()
        assert (recording.state, recording.file.read()) == ("ready", b"film")
        assert types(scene.session).count("recording.saved") == 1
        assert not Path(upload_store.path_of(recording.parts)).exists()
