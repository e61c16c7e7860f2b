"""A session's recordings as pages show them: each with the session's events as chapters."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from sessions_app.models import Participant, Recording, RecordingSegment
from supportcenter.accounts.capabilities import SHARING
from supportcenter.live.models import Event

CHAPTERS = ["control.transferred", "participant.joined", "participant.left", "activity.started", "activity.stopped"]
PAUSES = ["recording.paused", "recording.resumed"]


@dataclass(frozen=True)
class Chapter:
    seconds: float
    at: datetime
    # The event's type; the template has the sentence.
    what: str
    name: str

    @property
    def clock(self):
        return clock(self.seconds)


@dataclass(frozen=True)
class Recorded:
    recording: Recording
    chapters: list

    @property
    def length(self):
        return "" if self.recording.duration is None else clock(self.recording.duration)

    @property
    def beside(self):
        """The segments that are not in the film from start to end."""
        return [segment for segment in self.recording.segments.all() if segment.is_beside]


def recordings(session):
    """The session's recordings, first to last; what was announced and never ran is left out."""
    rows = session.recordings.exclude(state=Recording.State.EMPTY, activity__started_at=None)
    rows = list(rows.prefetch_related(Prefetch("segments", RecordingSegment.objects.order_by("place"))))
    if not any(_has_chapters(row) for row in rows):
        return [Recorded(row, []) for row in rows]
    events = list(Event.objects.filter(stream__name=session.stream, type__in=[*CHAPTERS, *PAUSES]).order_by("seq"))
    names = dict(Participant.objects.filter(session=session).values_list("pk", "name"))
    return [Recorded(row, _chapters(row, events, names) if _has_chapters(row) else []) for row in rows]


def _has_chapters(recording):
    """Only in a finished file can one jump."""
    return recording.state == Recording.State.READY and recording.duration is not None


def _chapters(recording, events, names):
    timeline = Timeline(list(recording.segments.all()), _pauses(recording, events))
    told = ((event, _subject(event, names)) for event in events if event.type in CHAPTERS)
    marks = ((timeline.seconds(event.at), event, name) for event, name in told if name is not None)
    return [
        Chapter(min(seconds, recording.duration), event.at, event.type, name)
        for seconds, event, name in marks
        if seconds is not None
    ]


def _subject(event, names):
    """Whom a chapter is about; None: it is none."""
    data = event.data
    if event.type == "control.transferred":
        return data["to_name"]
    if event.type.startswith("activity."):
        return names.get(data["owner"]) if data["kind"] in SHARING else None
    return data["name"]


def _pauses(recording, events):
    """[(from, until)] in which nothing was recorded; the last may have lasted to the end."""
    pauses, since = [], None
    for event in events:
        if event.type in PAUSES and event.data["recording"] == recording.pk:
            if event.type == "recording.paused":
                since = event.at
            elif since:
                pauses.append((since, event.at))
                since = None
    return [*pauses, (since, recording.ended_at)] if since else pauses


class Timeline:
    """From the time of day to the seconds of a film that has gaps and pauses. Pure."""

    def __init__(self, segments, pauses):
        self._segments, self._pauses = segments, pauses

    def seconds(self, at):
        """Where something that happened `at` is, or the place after the gap it fell into; None: before or after it."""
        played = 0.0
        for segment in self._segments:
            if at < segment.started_at:
                return played if played else None
            within = (at - segment.started_at).total_seconds() - self._paused(segment.started_at, at)
            if within <= (segment.duration or 0):
                return played + within
            played += segment.duration or 0
        return None

    def _paused(self, since, until):
        spans = ((max(a, since), min(b, until)) for a, b in self._pauses)
        return sum(max(0.0, (b - a).total_seconds()) for a, b in spans)


def clock(seconds):
    """0:07, 12:30, 1:02:03: as players write it."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
