from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.literal import Literal
from webacd.models.agent import Agent
from webacd.models.queue import Queue


def new_key() -> str:
    return secrets.token_urlsafe(12)


class SupportRequestQuerySet(models.QuerySet["SupportRequest"]):
    def waiting(self) -> SupportRequestQuerySet:
        """Those that still wait: few, however many there have been, and found by their own index."""
        return self.filter(outcome=Literal(""))

    def forgettable(self) -> SupportRequestQuerySet:
        """Those that are over and name someone, though their session is gone or never was; found by their own index.

        The anonymous ones, which statistics keep for ever, are not gone through.
        """
        nameless = {"name": Literal(""), "message": Literal("")}
        return self.filter(session=None).exclude(outcome=Literal("")).exclude(**nameless)

    def came_by_queue(self) -> SupportRequestQuerySet:
        """Those that were accepted from a queue: the latest of a session says whose rules hold in it."""
        return self.filter(outcome=SupportRequest.Outcome.ANSWERED, queue__isnull=False)

    def held(self) -> SupportRequestQuerySet:
        """Those whose customer is still waiting, or is present in the session that came of it."""
        seats = Participant.objects.present().filter(session__ended_at=None)
        seated = Exists(seats.filter(session=OuterRef("session"), seat_hash=OuterRef("seat_hash")))
        return self.exclude(seat_hash="").filter(Q(outcome="") | Q(seated, outcome=SupportRequest.Outcome.ANSWERED))

    def latest_of(self, session: SupportSession) -> SupportRequest | None:
        """The session's latest request, whatever became of it; None if it never had one."""
        return self.filter(session=session).select_related("entry_queue", "queue").first()


class SupportRequest(models.Model):
    """A request for a representative: by a customer who came to a queue, or for a session that was relinquished (S67).

    The record is kept for ever. While it waits it has a `QueueEntry` as well, which is deleted when the wait is over;
    every way out has a reason (acd 9).
    """

    class Kind(models.TextChoices):
        ENTERED = "entered", _("came to the queue")
        TRANSFERRED = "transferred", _("transferred session")
        RETURNED = "returned", _("came back to the queue")

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered")
        ABANDONED = "abandoned", _("abandoned")
        TIMED_OUT = "timed_out", _("waited too long")
        NO_AGENTS = "no_agents", _("no one was available")
        QUEUE_FULL = "queue_full", _("the queue was full")
        CLOSED = "closed", _("the queue was closed")
        LEFT_MESSAGE = "left_message", _("left a message")
        TAKEN_BACK = "taken_back", _("taken back")

    key = models.SlugField(max_length=20, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ENTERED)
    # The queue it came to, and the one where it waits or was accepted. None: offered to chosen agents (S77).
    entry_queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="+")
    queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="requests")
    session = models.ForeignKey(
        "sessions_app.SupportSession", null=True, on_delete=models.SET_NULL, related_name="requests"
    )

    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    answers = models.JSONField(default=list, blank=True)
    seat_hash = models.CharField(max_length=64, blank=True, db_index=True)

    # S79: the transferor's personal message to the agent who takes the session.
    message = models.TextField(blank=True)
    transferred_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    # The wait counts from the customer's arrival at the site, also after a transfer (acd 1).
    arrived_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(default=clock.now)
    # Since when the waiting page is closed or its connection lost (acd 10).
    away_since = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(default=clock.now)
    page = models.CharField(max_length=40, blank=True)
    shown_position = models.PositiveIntegerField(null=True)

    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("Agent", null=True, on_delete=models.PROTECT, related_name="answered")

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at__isnull=True) | ~Q(outcome="") & Q(outcome_at__isnull=False),
                name="request_is_over_for_a_reason",
            ),
            models.UniqueConstraint(fields=["seat_hash"], condition=~Q(seat_hash=""), name="place_is_one_persons"),
            models.UniqueConstraint(fields=["session"], condition=Q(outcome=""), name="session_waits_in_one_place"),
        ]
        indexes = [
            # All that figures count, so that they read no request itself.
            models.Index(
                fields=["queue", "outcome_at", "outcome", "arrived_at", "answered_by", "made_at"],
                name="figures_of_requests",
            ),
            models.Index(fields=["transferred_by"], condition=Q(outcome=""), name="waiting_requests"),
            models.Index(fields=["session", "-made_at"], name="requests_of_a_session"),
            # With the null in it SQLite prefers it to the index of all whose session is gone.
            models.Index(
                fields=["session", "outcome_at"],
                condition=Q(session=None) & ~Q(outcome="") & ~Q(name="", message=""),
                name="requests_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.outcome or 'waiting'}"

    @property
    def stream(self) -> str:
        return f"request.{self.key}"

    @property
    def event_key(self) -> str:
        return f"request.{self.pk}"

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.outcome == ""

    @property
    def is_transfer(self) -> bool:
        return self.kind != self.Kind.ENTERED

    @property
    def own_queue(self) -> Queue | None:
        """The queue where it waits or was accepted; for a session offered to chosen agents, the one it came from."""
        return self.queue or self.entry_queue

    @property
    def waited(self) -> timedelta:
        return (self.outcome_at or clock.now()) - self.arrived_at

    @property
    def seconds_waited(self) -> int:
        return int(self.waited.total_seconds())

    @property
    def questions_and_answers(self) -> list[tuple[str, str]]:
        """The questions of the entry form, in the language of the page, with the customer's answers."""
        return [(_question(answer), _said(answer)) for answer in self.answers]

    @property
    def confirms(self) -> list[str]:
        """Of who the customer says they are, what a signed link vouches for (docs/webacd.md)."""
        confirmed = [answer.get("confirmed") for answer in self.answers]
        return [name for name in ("name", "email") if name in confirmed]

    def locked(self) -> SupportRequest:
        # No joins: after waiting for a lock, PostgreSQL reads the locked row again but not the joined ones.
        return type(self).objects.select_for_update().get(pk=self.pk)

    def mark_over(self, outcome: SupportRequest.Outcome, *, agent: Agent | None = None) -> None:
        self.outcome, self.outcome_at, self.answered_by = outcome, clock.now(), agent
        self.save(update_fields=["outcome", "outcome_at", "answered_by", "session"])


def _question(answer: dict[str, Any]) -> str:
    return (answer.get("label_ar") if get_language() == "ar" else "") or answer["label"]


def _said(answer: dict[str, Any]) -> str:
    said = gettext("Yes") if answer["value"] is True else str(answer["value"])
    # By a signed link of another system (docs/webacd.md).
    return gettext("%(answer)s (confirmed)") % {"answer": said} if answer.get("confirmed") else said
