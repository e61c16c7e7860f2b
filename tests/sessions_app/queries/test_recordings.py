from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from sessions_app.actions.activities.activities import start_activity, stop_activity
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.recordings.recordings import pause_recording, resume_recording
from sessions_app.models import RecordingSegment
from sessions_app.queries.recordings import Timeline, recordings
from tests.factories import make_customer
from tests.sessions_app.recordings import announced, running, send

NOW = timezone.now()


def at(seconds):
    return NOW + timedelta(seconds=seconds)


def segment(began, duration):
    return RecordingSegment(started_at=at(began), duration=duration)


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [(-1, None), (0, 0), (10, 10), (20, 20), (25, 20), (30, 20), (35, 25), (45, None)],
)
def test_gaps_between_segments_are_not_in_the_film(moment, seconds):
    assert Timeline([segment(0, 20), segment(30, 10)], []).seconds(at(moment)) == seconds


@pytest.mark.parametrize(("moment", "seconds"), [(4, 4), (5, 5), (8, 5), (15, 5), (16, 6), (30, 20)])
def test_pauses_are_not_in_the_film(moment, seconds):
    assert Timeline([segment(0, 20)], [(at(5), at(15))]).seconds(at(moment)) == seconds


@pytest.mark.django_db
@pytest.mark.usefixtures("disk")
class TestChapters:
    def film(self, recording, duration):
        file = recording.file.storage.save("recordings/film.webm", ContentFile(b"film"))
        recording.segments.update(duration=duration)
        recording.refresh_from_db()
        recording.mark_ready(file=file, content_type="video/webm", size=4, duration=duration, is_raw=False)

    def test_events_are_the_chapters(self, session, clock):
        recording = running(session, clock)
        send(recording, b"one")
        clock.forward(seconds=10)
        carol = make_customer(session)
        clock.forward(seconds=5)
        start_activity(session, "voice", by=session.primary)
        share = start_activity(session, "share_desktop", by=session.primary)
        pause_recording(session, recording, by=session.primary)
        clock.forward(seconds=60)
        resume_recording(session, recording, by=session.primary)
        stop_activity(session, share, by=session.primary)
        clock.forward(seconds=5)
        leave_session(session, by=carol)
        stop_activity(session, recording.activity, by=session.primary)
        self.film(recording, 20.0)

        [recorded] = recordings(session)

        assert [(chapter.seconds, chapter.what, chapter.name) for chapter in recorded.chapters] == [
            (10.0, "participant.joined", "Carol"),
            (15.0, "activity.started", "Amal"),
            (15.0, "activity.stopped", "Amal"),
            (20.0, "participant.left", "Carol"),
        ]

    def test_raw_film_has_no_chapters(self, session, clock):
        recording = running(session, clock)
        make_customer(session)
        stop_activity(session, recording.activity, by=session.primary)
        self.film(recording, None)

        assert [recorded.chapters for recorded in recordings(session)] == [[]]

    def test_what_was_announced_and_never_ran_is_left_out(self, session):
        activity, _recording = announced(session)
        stop_activity(session, activity, by=session.primary)

        assert recordings(session) == []

    def test_several_recordings_cost_as_much_as_one(self, session, clock, django_assert_num_queries):
        for _ in range(3):
            recording = running(session, clock)
            send(recording, b"one")
            stop_activity(session, recording.activity, by=session.primary)
            self.film(recording, 20.0)

        with django_assert_num_queries(4):
            assert len(recordings(session)) == 3
