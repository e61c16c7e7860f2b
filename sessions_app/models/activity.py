from django.db import models
from django.db.models import Q

from supportcenter import clock
from supportcenter.accounts.capabilities import SHARING, Capability


class ActivityQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(state=Activity.State.REQUESTED)

    def running(self):
        return self.filter(state__in=[Activity.State.ALLOWED, Activity.State.RUNNING])

    def alive(self):
        return self.exclude(state=Activity.State.STOPPED)


class Activity(models.Model):
    """A capability in use: requested → allowed → running → stopped, with the reason it stopped.

    `owner` is whose screen, camera or file it is; `requested_by` who set it going. What needs nobody's consent starts
    as running. Allowed means that the customer said yes and the browser has not yet delivered.
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
    # What the owner's browser really delivers: {"surface": "window", "label": "…"}; never what was asked for.
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

    def __str__(self):
        return f"{self.kind} {self.state}"

    @property
    def is_alive(self):
        return self.state != self.State.STOPPED

    @property
    def is_sharing(self):
        return self.kind in SHARING

    def mark_allowed(self):
        self.state = self.State.ALLOWED
        self.save(update_fields=["state"])

    def note_failure(self, failure):
        self.details = {**self.details, "failure": failure}
        self.save(update_fields=["details"])

    def note_declined(self, participant):
        """False if this one has declined before."""
        declined = self.details.get("declined", [])
        if participant.pk in declined:
            return False
        self.details = {**self.details, "declined": [*declined, participant.pk]}
        self.save(update_fields=["details"])
        return True

    def mark_running(self, details):
        self.started_at = self.started_at or clock.now()
        self.state, self.details = self.State.RUNNING, details
        self.save(update_fields=["state", "started_at", "details"])

    def mark_stopped(self, reason):
        self.state, self.stop_reason, self.stopped_at = self.State.STOPPED, reason, clock.now()
        self.save(update_fields=["state", "stop_reason", "stopped_at"])
