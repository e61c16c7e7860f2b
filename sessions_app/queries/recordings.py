"""A session's recordings as pages show them, each with the session's events as chapters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Prefetch, QuerySet

from sessions_app.models import Participant, Recording, RecordingSegment, SupportSession
from supportcenter.accounts.capabilities import SHARING
from supportcenter.live.models import Event
from supportcenter.reporting.numbers import as_clock

# From when until when nothing was recorded.
Pause = tuple[datetime, datetime]

CHAPTERS = ["control.transferred", "participant.joined", "participant.left", "activity.started", "activity.stopped"]
PAUSES = ["recording.paused", "recording.resumed"]
# Bounds for a session that is very long: recordings on a page, events read for chapters, chapters of one recording.
RECORDINGS_SHOWN, EVENTS_READ, CHAPTERS_SHOWN = 20, 2_000, 200


@dataclass(frozen=True)
class Chapter:
    seconds: float
    at: datetime
    # The event's type; the template has the sentence.
    what: str
    name: str
    # The event's number in the timeline.
    seq: int

    @property
    def clock(self) -> str:
        return as_clock(self.seconds)


@dataclass(frozen=True)
class Recorded:
    recording: Recording
    chapters: list[Chapter]

    @property
    def length(self) -> str:
        return "" if self.recording.duration is None else as_clock(self.recording.duration)

    @property
    def beside(self) -> list[RecordingSegment]:
        """The segments that are not completely in the film."""
        return [segment for segment in self.recording.segments.all() if segment.is_beside]


def recordings(session: SupportSession) -> list[Recorded]:
    """The session's first recordings, in their order."""
    return with_chapters(session, list(recordings_of(session).order_by("pk")[:RECORDINGS_SHOWN]))


def recordings_of(session: SupportSession) -> QuerySet[Recording]:
    """The session's recordings without those that were announced and never started."""
    ran = session.recordings.exclude(state=Recording.State.EMPTY, activity__started_at=None)
    return ran.prefetch_related(Prefetch("segments", RecordingSegment.objects.order_by("place")))


def with_chapters(session: SupportSession, rows: list[Recording]) -> list[Recorded]:
    """These recordings of the session, each with its chapters."""
    if not any(_has_chapters(row) for row in rows):
        return [Recorded(row, []) for row in rows]
    told = Event.objects.filter(stream__name=session.stream, type__in=[*CHAPTERS, *PAUSES])
    told = told.filter(at__gte=min(row.started_at for row in rows))
    events = list(told.order_by("seq")[:EVENTS_READ])
    owners = {event.data["owner"] for event in events if event.type.startswith("activity.")}
    names = dict(Participant.objects.filter(session=session, pk__in=owners).values_list("pk", "name"))
    return [Recorded(row, _chapters(row, events, names) if _has_chapters(row) else []) for row in rows]


def _has_chapters(recording: Recording) -> bool:
    """Only a finished file supports seeking."""
    return recording.state == Recording.State.READY and recording.duration is not None


def _chapters(recording: Recording, events: list[Event], names: Mapping[int, str]) -> list[Chapter]:
    timeline = Timeline(list(recording.segments.all()), _pauses(recording, events))
    told = ((event, _subject(event, names)) for event in events if event.type in CHAPTERS)
    marks = ((timeline.seconds(event.at), event, name) for event, name in told if name is not None)
    found = (
        Chapter(min(seconds, recording.duration or 0), event.at, event.type, name, event.seq)
        for seconds, event, name in marks
        if seconds is not None
    )
    return list(islice(found, CHAPTERS_SHOWN))


def _subject(event: Event, names: Mapping[int, str]) -> str | None:
    """The name of the person that a chapter is about; None for an event that makes no chapter."""
    data = event.data
    if event.type == "control.transferred":
        return data["to_name"]
    if event.type.startswith("activity."):
        return names.get(data["owner"]) if data["kind"] in SHARING else None
    return data["name"]


def _pauses(recording: Recording, events: Iterable[Event]) -> list[Pause]:
    """The pauses of a recording; the last may have lasted until its end."""
    pauses: list[Pause] = []
    since: datetime | None = None
    for event in events:
        if event.type in PAUSES and event.data["recording"] == recording.pk:
            if event.type == "recording.paused":
                since = event.at
            elif since:
                pauses.append((since, event.at))
                since = None
    return [*pauses, (since, recording.ended_at)] if since and recording.ended_at else pauses


class Timeline:
    """Converts a time of day to the seconds of a film that has gaps and pauses. Pure."""

    def __init__(self, segments: list[RecordingSegment], pauses: list[Pause]) -> None:
        self._segments, self._pauses = segments, pauses

    def seconds(self, at: datetime) -> float | None:
        """Where `at` is in the film, or the end of the gap that it falls into; None before and after the film."""
        played = 0.0
        for segment in self._segments:
            if at < segment.started_at:
                return played if played else None
            within = (at - segment.started_at).total_seconds() - self._paused(segment.started_at, at)
            if within <= (segment.duration or 0):
                return played + within
            played += segment.duration or 0
        return None

    def _paused(self, since: datetime, until: datetime) -> float:
        spans = ((max(a, since), min(b, until)) for a, b in self._pauses)
        return sum(max(0.0, (b - a).total_seconds()) for a, b in spans)
