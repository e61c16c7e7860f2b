from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock

# How long after its end a recording still takes its last pieces.
TAIL = timedelta(seconds=10)


class Recording(models.Model):
    """What the primary's browser composed of a session (E43): pieces while it runs, one file when it is finished.

    The activity of kind recording is what everybody sees run; this is what is kept of it.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        FINISHING = "finishing", _("being finished")
        READY = "ready", _("ready")
        EMPTY = "empty", _("nothing was recorded")

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="recordings")
    activity = models.OneToOneField("Activity", on_delete=models.CASCADE, related_name="recording")
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    paused_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    # Empty until finished, and again when retention has taken it (E44).
    file = models.FileField(upload_to="recordings/%Y/%m/", max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    # Bytes and seconds of the finished file; None where nobody could tell.
    size = models.PositiveBigIntegerField(null=True)
    duration = models.FloatField(null=True)
    # Kept as the browser sent it, since ffmpeg is not there or could not read it: it may play, but cannot be sought in.
    is_raw = models.BooleanField(default=False)
    # The pieces that are not in the film from start to end, as the browser sent them, in an archive.
    beside = models.FileField(upload_to="recordings/%Y/%m/", max_length=200, blank=True)
    # How often finishing it was begun.
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.session}: {self.state}"

    @property
    def parts(self):
        """Where its pieces lie until it is finished (`sessions_app.storage.upload_store`)."""
        return f"recordings/{self.pk}"

    @property
    def is_playable(self):
        return self.content_type.startswith("video/")

    @property
    def is_late(self):
        """Finishing it has failed at least once, and everything that came in is still there."""
        return self.tries > 1

    def locked(self):
        return type(self).objects.select_for_update().get(pk=self.pk)

    def takes_chunks(self, now):
        """While it runs, and shortly after: the last piece was recorded before the end and arrives after it."""
        if self.state == self.State.FINISHING:
            return now < self.ended_at + TAIL
        return self.state == self.State.RUNNING

    def mark_ended(self, state):
        self.state, self.ended_at, self.paused_at = state, clock.now(), None
        self.save(update_fields=["state", "ended_at", "paused_at"])

    def mark_paused(self, at):
        self.paused_at = at
        self.save(update_fields=["paused_at"])

    def mark_tried(self):
        self.tries += 1
        self.save(update_fields=["tries"])

    def mark_ready(self, *, file, content_type, size, duration, is_raw, beside=""):
        self.beside = beside
        self.state, self.file, self.content_type = self.State.READY, file, content_type
        self.size, self.duration, self.is_raw = size, duration, is_raw
        self.save(update_fields=["state", "file", "content_type", "size", "duration", "is_raw", "beside"])


class RecordingSegment(models.Model):
    """An unbroken stretch of a recording: a reload of the page begins the next. Its chunks come numbered from 0."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="segments")
    # The page's own random name for it: the same name again is the same segment.
    name = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=100)
    started_at = models.DateTimeField(default=clock.now)
    # Chunks and bytes that the server has.
    chunks = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    # Seconds of it in the finished file: where the next one begins there.
    duration = models.FloatField(null=True)
    # Not all of it is in the film: it is kept in the archive beside it.
    is_beside = models.BooleanField(default=False)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "name"], name="segment_has_a_name_of_its_own"),
            models.UniqueConstraint(fields=["recording", "place"], name="segment_has_a_place_of_its_own"),
        ]

    def __str__(self):
        return f"{self.recording_id}.{self.place}"

    @property
    def number(self):
        """As people count, and as the archive names it."""
        return self.place + 1

    @property
    def part(self):
        return f"recordings/{self.recording_id}/{self.place}"
