from __future__ import annotations

from django.db import models
from django.db.models import Q

from supportcenter import clock
from webacd.models.queue import Queue
from webacd.models.support_request import SupportRequest


class QueueEntryQuerySet(models.QuerySet["QueueEntry"]):
    def in_order(self) -> QueueEntryQuerySet:
        """By priority, then the longest waiting first (acd 1)."""
        return self.order_by("-priority", "since", "pk")

    def free(self) -> QueueEntryQuerySet:
        """Those not on offer now."""
        return self.filter(offered_until=None)


class QueueEntry(models.Model):
    """One waiting request in its queue. It exists exactly as long as the request waits, so the table stays small."""

    NEW, TRANSFERRED = 0, 100

    request = models.OneToOneField(
        SupportRequest, on_delete=models.CASCADE, primary_key=True, related_name="queue_entry"
    )
    # None: offered to chosen agents, in no queue.
    # A queue in which customers wait cannot be deleted: taken out of use, it empties.
    queue = models.ForeignKey("Queue", null=True, on_delete=models.PROTECT, related_name="entries")
    priority = models.PositiveSmallIntegerField(default=NEW)
    since = models.DateTimeField()
    in_queue_since = models.DateTimeField(default=clock.now)
    # Offered to all levels at once, and to managers: the queue's own strategy found no agent (E24).
    escalated = models.BooleanField(default=False)
    # It has been sent to the overflow queue, which happens once.
    overflowed = models.BooleanField(default=False)
    customers = models.PositiveSmallIntegerField(default=1)
    # A lease: open offers hold the entry until then at most.
    offered_until = models.DateTimeField(null=True)
    # What the customer was told last: [position, minutes from, minutes to, whether an agent is signed in], the minutes
    # null while they are not known.
    told = models.JSONField(null=True, editable=False)
    not_for = models.ForeignKey("Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    not_for_until = models.DateTimeField(null=True)

    objects = QueueEntryQuerySet.as_manager()

    class Meta:
        # The table is older than the model's name.
        db_table = "webacd_waiting"
        indexes = [
            models.Index(
                models.F("queue"),
                models.F("priority").desc(),
                models.F("since"),
                models.F("request"),
                condition=Q(offered_until__isnull=True),
                name="waiting_head",
            ),
            models.Index(
                models.F("queue"),
                models.F("priority").desc(),
                models.F("since"),
                models.F("request"),
                name="waiting_line",
            ),
        ]

    @property
    def open_overflow(self) -> Queue | None:
        """The overflow queue of its queue, if that is open and the request has not been sent on before."""
        overflow = self.queue.overflow_queue if self.queue else None
        return overflow if overflow and not self.overflowed and overflow.is_open() else None

    def __str__(self) -> str:
        return f"{self.request_id} in {self.queue_id}"
