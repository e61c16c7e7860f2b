from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from supportcenter import clock
from supportcenter.accounts.capabilities import SHARING, Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.json_types import JsonObject

if TYPE_CHECKING:
    from sessions_app.models import Participant


class ActivityQuerySet(models.QuerySet["Activity"]):
    def pending(self) -> ActivityQuerySet:
        return self.filter(state=Activity.State.REQUESTED)

    def running(self) -> ActivityQuerySet:
        return self.filter(state__in=[Activity.State.ALLOWED, Activity.State.RUNNING])

    def alive(self) -> ActivityQuerySet:
        return self.exclude(state=Activity.State.STOPPED)


class Activity(models.Model):
    """A capability in use: requested → allowed → running → stopped, with the reason why it stopped.

    `owner` is the participant whose screen, camera or file it is, `requested_by` the one who started it. An activity
    that needs no consent starts as running. Allowed means that the customer agreed and the browser has yet to deliver.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", "requested"
        ALLOWED = "allowed", "allowed"
        RUNNING = "running", "running"
        STOPPED = "stopped", "stopped"

    class StopReason(models.TextChoices):
        STOPPED = "stopped", "stopped by somebody"
        FINISHED = "finished", "it was done"
        DECLINED = "declined", "declined"
        UNANSWERED = "unanswered", "not answered in time"
        WITHDRAWN = "withdrawn", "request withdrawn"
        CONSENT_WITHDRAWN = "consent_withdrawn", "consent withdrawn"
        FAILED = "failed", "the browser could not"
        NO_SPACE = "no_space", "no storage space left for it"
        SWITCHED = "switched", "another customer is current"
        CONTROL_TRANSFERRED = "control_transferred", "control was transferred"
        NO_VOICE = "no_voice", "the new primary cannot carry voice"
        RELINQUISHED = "relinquished", "the session was transferred"
        OWNER_LEFT = "owner_left", "its owner left"
        SESSION_ENDED = "session_ended", "the session ended"

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=20, choices=Capability.choices)
    requested_by = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="activities")
    state = models.CharField(max_length=10, choices=State.choices)
    stop_reason = models.CharField(max_length=20, choices=StopReason.choices, blank=True)
    # What the owner's browser really delivers, whatever was asked for: {"surface": "window", "label": "…"}.
    details = models.JSONField(default=dict, blank=True)
    requested_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind"], condition=Q(state="requested"), name="one_pending_request_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="stopped") & ~Q(stop_reason="") | ~Q(state="stopped") & Q(stop_reason=""),
                name="stopped_activity_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["session"], condition=~Q(state="stopped"), name="live_activities")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_alive(self) -> bool:
        return self.state != self.State.STOPPED

    @property
    def is_sharing(self) -> bool:
        return self.kind in SHARING

    @property
    def answer_seconds(self) -> int:
        return SitePolicy.current().answer_seconds

    @property
    def answer_until(self) -> datetime:
        """Until when a request may be answered; silence means no (E36)."""
        return self.requested_at + timedelta(seconds=self.answer_seconds)

    @property
    def answer_seconds_left(self) -> int:
        return max(0, ceil((self.answer_until - clock.now()).total_seconds()))

    def mark_allowed(self) -> None:
        self.state = self.State.ALLOWED
        self.save(update_fields=["state"])

    def note_failure(self, failure: str) -> None:
        self.details = {**self.details, "failure": failure}
        self.save(update_fields=["details"])

    def note_declined(self, participant: Participant) -> bool:
        """Note that the participant declined; False if they had done so before."""
        declined = self.details.get("declined", [])
        if participant.pk in declined:
            return False
        self.details = {**self.details, "declined": [*declined, participant.pk]}
        self.save(update_fields=["details"])
        return True

    def mark_running(self, details: JsonObject) -> None:
        self.started_at = self.started_at or clock.now()
        self.state, self.details = self.State.RUNNING, details
        self.save(update_fields=["state", "started_at", "details"])

    def mark_stopped(self, reason: str) -> None:
        self.state, self.stop_reason, self.stopped_at = self.State.STOPPED, reason, clock.now()
        self.save(update_fields=["state", "stop_reason", "stopped_at"])
