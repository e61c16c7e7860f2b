from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models import CannedText
from webacd.models.queue import Queue


class QueueReply(CannedText):
    """A canned reply that representatives have in sessions which came by its queue."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="replies", verbose_name=_("queue"))

    WRITTEN = ("queue", *CannedText.WRITTEN)

    class Meta(CannedText.Meta):
        verbose_name, verbose_name_plural = _("canned reply of a queue"), _("canned replies of queues")
        constraints = [
            models.UniqueConstraint(fields=["queue", "folded_shortcut"], name="shortcut_of_a_queue_is_unique"),
            models.CheckConstraint(condition=~Q(text="", text_ar=""), name="queue_reply_has_a_text"),
        ]

    def siblings(self) -> models.QuerySet[Any]:
        return QueueReply.objects.filter(queue=self.queue_id)
