from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supportcenter import clock

if TYPE_CHECKING:
    from sessions_app.models.participant import Participant


class FileTransferQuerySet(models.QuerySet["FileTransfer"]):
    def alive(self) -> FileTransferQuerySet:
        return self.filter(state__in=FileTransfer.ALIVE)

    def done(self) -> FileTransferQuerySet:
        return self.filter(state=FileTransfer.State.DONE)

    def read_by(self, me: Participant) -> FileTransferQuerySet:
        """E48: a customer has the files of the lines that they read, and their own; staff have all."""
        if not me.is_customer:
            return self
        return self.filter(Q(line__gt=me.lines_before) | Q(sender=me) | Q(receiver=me))


class FileTransfer(models.Model):
    """One file sent from one participant to another; files offered together share an activity (E36).

    Of a file sent directly between the browsers the site keeps this row alone; of one sent through the server, the file
    too.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        MOVING = "moving", _("being sent")
        PAUSED = "paused", _("paused")
        CHECKING = "checking", _("being checked")
        DONE = "done", _("received")
        STOPPED = "stopped", _("not received")

    class Way(models.TextChoices):
        DIRECT = "direct", _("directly between the browsers")
        SERVER = "server", _("through the server")

    class StopReason(models.TextChoices):
        CANCELLED = "cancelled", _("cancelled")
        DECLINED = "declined", _("declined")
        UNANSWERED = "unanswered", _("not answered in time")
        ENDED = "ended", _("file transfer ended")
        DIFFERS = "differs", _("arrived damaged")
        INFECTED = "infected", _("refused by the virus scanner")
        FAILED = "failed", _("could not be stored")
        NO_SPACE = "no_space", _("the site had no storage space left")

    PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
    ALIVE = (State.OFFERED, State.MOVING, State.PAUSED, State.CHECKING)

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="file_transfers")
    activity = models.ForeignKey("Activity", on_delete=models.CASCADE, related_name="files")
    sender = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="files_sent")
    receiver = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="files_received")
    # Without path parts and without characters that would reverse the reading direction.
    name = models.CharField(max_length=255)
    # Bytes
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100, blank=True)
    # SHA-256 of the blocks' SHA-256 digests, in hexadecimal: `storage/block_digests.py`.
    digest = models.CharField(max_length=64, blank=True)
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    stop_reason = models.CharField(max_length=10, choices=StopReason.choices, blank=True)
    # Bytes that the server has, checked block by block; the upload resumes from here.
    received = models.PositiveBigIntegerField(default=0)
    # What the server keeps, until retention deletes it (E44).
    file = models.FileField(upload_to="files/%Y/%m/", max_length=200, blank=True)
    offered_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    objects = FileTransferQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="stopped") & ~Q(stop_reason="") | ~Q(state="stopped") & Q(stop_reason=""),
                name="stopped_file_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="no_more_received_than_sent"),
        ]
        indexes = [
            models.Index(fields=["session", "state"], name="files_of_session"),
            # Nearly all have arrived: this finds those on their way.
            models.Index(fields=["state"], name="files_by_state"),
            # Retention: the oldest of those that are kept.
            models.Index(fields=["offered_at"], condition=Q(file__gt=""), name="kept_files"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_alive(self) -> bool:
        return self.state in self.ALIVE

    @property
    def is_picture(self) -> bool:
        """A format that browsers show as a thumbnail, and that cannot contain a script."""
        return self.content_type in self.PICTURES

    @property
    def parts(self) -> str:
        """The name of its upload while that lasts (`storage.upload_store`)."""
        return f"files/{self.pk}"

    def mark_moving(self, way: str) -> None:
        self.state, self.way = self.State.MOVING, way
        self.started_at = self.started_at or clock.now()
        self.save(update_fields=["state", "way", "started_at"])

    def mark(self, state: str) -> None:
        self.state = state
        self.save(update_fields=["state"])

    def mark_sent(self, digest: str, state: str) -> None:
        self.digest, self.state = digest, state
        self.save(update_fields=["digest", "state"])

    def mark_received(self, size: int) -> None:
        self.received = size
        self.save(update_fields=["received"])

    def mark_done(self) -> None:
        self.state, self.over_at = self.State.DONE, clock.now()
        self.save(update_fields=["state", "over_at", "file"])

    def mark_stopped(self, reason: str) -> None:
        self.state, self.stop_reason, self.over_at = self.State.STOPPED, reason, clock.now()
        self.save(update_fields=["state", "stop_reason", "over_at"])
