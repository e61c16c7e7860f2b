from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.literal import Literal

if TYPE_CHECKING:
    from webacd.models.agent import Agent


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def open(self) -> HelpRequestQuerySet:
        """Those that wait for an answer: few, however many there have been, and found by their own index."""
        return self.filter(outcome=Literal(""))


class HelpRequest(models.Model):
    """A primary asked the agents of a queue to assist (E64); the session stays theirs, and no one is distributed.

    It goes with its session, and its message with it. A session has one open request at most.
    """

    class Outcome(models.TextChoices):
        JOINED = "joined", _("someone joined")
        DECLINED = "declined", _("no one could help")
        UNANSWERED = "unanswered", _("no one answered in time")
        CANCELLED = "cancelled", _("cancelled")
        SESSION_OVER = "session_over", _("the session ended or was transferred")

    session = models.ForeignKey("sessions_app.SupportSession", on_delete=models.CASCADE, related_name="help_requests")
    queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    message = models.TextField(blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    over_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("Agent", null=True, on_delete=models.PROTECT, related_name="+")

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=Q(outcome=""), name="session_asks_once_for_help"),
            models.CheckConstraint(
                condition=Q(outcome="", over_at__isnull=True) | ~Q(outcome="") & Q(over_at__isnull=False),
                name="help_is_over_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "made_at"], name="help_asked_by")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.outcome or 'open'}"

    @property
    def is_open(self) -> bool:
        return self.outcome == ""

    @property
    def found_no_one(self) -> bool:
        return self.outcome in (self.Outcome.DECLINED, self.Outcome.UNANSWERED)

    @property
    def asker_has_the_session(self) -> bool:
        """Whether it is open, and controlled by who asked: without that there is no one to help any more."""
        session = self.session
        primary = session.primary if session.is_open else None
        return primary is not None and primary.user_id == self.asked_by_id

    def locked(self) -> HelpRequest:
        # No joins: after waiting for a lock, PostgreSQL reads the locked row again but not the joined ones.
        return type(self).objects.select_for_update().get(pk=self.pk)

    def mark_over(self, outcome: HelpRequest.Outcome, *, agent: Agent | None = None) -> None:
        self.outcome, self.over_at, self.answered_by = outcome, clock.now(), agent
        self.save(update_fields=["outcome", "over_at", "answered_by"])


class HelpQuestionQuerySet(models.QuerySet["HelpQuestion"]):
    def open(self) -> HelpQuestionQuerySet:
        """Those that can be answered: few, and found by their own index."""
        return self.filter(state=Literal(HelpQuestion.State.OPEN))


class HelpQuestion(models.Model):
    """One agent who was asked to help, and the answer."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        JOINED = "joined", _("joined")
        DECLINED = "declined", _("not now")
        # Someone else joined, or no one is asked any more.
        OVER = "over", _("over")

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="questions")
    agent = models.ForeignKey("Agent", on_delete=models.PROTECT, related_name="help_questions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    objects = HelpQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question for help")
        verbose_name_plural = _("questions for help")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "agent"], name="asked_for_help_once")]
        indexes = [
            models.Index(fields=["agent"], condition=Q(state="open"), name="open_questions_of_an_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} to {self.agent_id}: {self.state}"

    @property
    def seconds_left(self) -> int:
        return max(0, int((self.request.expires_at - clock.now()).total_seconds()))
