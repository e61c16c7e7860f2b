from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supportcenter import clock

# How long after its end a recording still accepts chunks.
TAIL = timedelta(seconds=10)


class Recording(models.Model):
    """What the primary's browser recorded of a session (E43): segments of chunks, then one finished file.

    The activity of kind recording is what everyone sees running; this is what is kept of it.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        FINISHING = "finishing", _("being processed")
        READY = "ready", _("ready")
        EMPTY = "empty", _("nothing was recorded")

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="recordings")
    activity = models.OneToOneField("Activity", on_delete=models.CASCADE, related_name="recording")
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    paused_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    # Empty until finished, and again when retention has deleted it (E44).
    file = models.FileField(upload_to="recordings/%Y/%m/", max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    # Bytes and seconds of the finished file; None where they could not be determined.
    size = models.PositiveBigIntegerField(null=True)
    duration = models.FloatField(null=True)
    # Kept as the browser sent it, since ffmpeg is missing or could not read it: it may play, but has no seeking.
    is_raw = models.BooleanField(default=False)
    # The segments that are not completely in the film, as the browser sent them, in an archive.
    beside = models.FileField(upload_to="recordings/%Y/%m/", max_length=200, blank=True)
    # How often finishing it was attempted.
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        # Retention: the oldest of those whose file is kept.
        indexes = [models.Index(fields=["started_at"], condition=Q(file__gt=""), name="kept_recordings")]

    def __str__(self) -> str:
        return f"{self.session}: {self.state}"

    @property
    def parts(self) -> str:
        """The name of its segments' folder until it is finished (`storage.upload_store`)."""
        return f"recordings/{self.pk}"

    @property
    def is_playable(self) -> bool:
        return self.content_type.startswith("video/")

    @property
    def is_late(self) -> bool:
        """Finishing it has failed at least once; everything that was received is still there."""
        return self.tries > 1

    def locked(self) -> Recording:
        """This recording read again, its row locked until the transaction ends."""
        return type(self).objects.select_for_update().get(pk=self.pk)

    def takes_chunks(self, now: datetime) -> bool:
        """While it runs, and shortly afterwards: the last chunk was recorded before the end and arrives after it."""
        if self.state == self.State.FINISHING and self.ended_at:
            return now < self.ended_at + TAIL
        return self.state == self.State.RUNNING

    def mark_ended(self, state: str) -> None:
        self.state, self.ended_at, self.paused_at = state, clock.now(), None
        self.save(update_fields=["state", "ended_at", "paused_at"])

    def mark_paused(self, at: datetime | None) -> None:
        self.paused_at = at
        self.save(update_fields=["paused_at"])

    def mark_tried(self) -> None:
        self.tries += 1
        self.save(update_fields=["tries"])

    def mark_not_tried(self) -> None:
        self.tries -= 1
        self.save(update_fields=["tries"])

    def mark_ready(
        self, *, file: str, content_type: str, size: int | None, duration: float | None, is_raw: bool, beside: str = ""
    ) -> None:
        """`file` and `beside` are names in the storage of the site's files."""
        self.beside = beside
        self.state, self.file, self.content_type = self.State.READY, file, content_type
        self.size, self.duration, self.is_raw = size, duration, is_raw
        self.save(update_fields=["state", "file", "content_type", "size", "duration", "is_raw", "beside"])


class RecordingSegment(models.Model):
    """An unbroken part of a recording; a reload of the page begins the next. Its chunks are numbered from 0."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="segments")
    # Drawn by the page: the same name again is the same segment.
    name = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=100)
    started_at = models.DateTimeField(default=clock.now)
    # Chunks and bytes that the server has.
    chunks = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    # Its seconds in the finished file: the next one begins after them.
    duration = models.FloatField(null=True)
    # Not all of it is in the film, so it is kept in the archive beside it.
    is_beside = models.BooleanField(default=False)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "name"], name="segment_has_a_name_of_its_own"),
            models.UniqueConstraint(fields=["recording", "place"], name="segment_has_a_place_of_its_own"),
        ]
        indexes = [models.Index(fields=["started_at"], name="segments_by_time")]

    def __str__(self) -> str:
        return f"{self.recording_id}.{self.place}"

    @property
    def number(self) -> int:
        """Counted from 1, as the archive names it."""
        return self.place + 1

    @property
    def part(self) -> str:
        """The name of its upload (`storage.upload_store`)."""
        return f"recordings/{self.recording_id}/{self.place}"
