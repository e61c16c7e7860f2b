from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext

from supportcenter import clock
from supportcenter.text.folded import WordsField

if TYPE_CHECKING:
    from sessions_app.models.participant import Participant

# A line about no file. As "is null" SQLite would look for it in the index of files, which it takes for that of one row,
# and go through all lines that anybody ever wrote.
IS_WRITTEN = ~models.Q(file__isnull=False)


class ChatMessageQuerySet(models.QuerySet["ChatMessage"]):
    def read_by(self, me: Participant) -> ChatMessageQuerySet:
        """E48: a customer reads what was said since they joined; staff read everything."""
        return self.filter(pk__gt=me.lines_before) if me.is_customer else self


class ChatMessage(models.Model):
    """One message of the chat, as typed. A repeated request has the same `client_id`, and is the same message."""

    LONGEST = 4000

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="chat_messages")
    participant = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="chat_messages")
    conversation = models.PositiveSmallIntegerField(default=1)
    client_id = models.CharField(max_length=40)
    # Of a message about a file that was received: the name of the file.
    text = models.TextField(max_length=LONGEST)
    words = WordsField("text")
    file = models.OneToOneField("FileTransfer", null=True, on_delete=models.SET_NULL, related_name="line")
    at = models.DateTimeField(default=clock.now)
    # By its author; what it said before is an EarlierText.
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = ChatMessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["participant", "client_id"], name="message_is_sent_once")]
        indexes = [
            # Retention: the oldest lines.
            models.Index(fields=["at"], name="messages_by_time"),
            # How fast someone writes.
            models.Index(fields=["participant", "-id"], condition=IS_WRITTEN, name="lines_of_a_writer"),
            # Those that no search finds yet; few, or none.
            models.Index(fields=["id"], condition=models.Q(words=None), name="lines_without_words"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.text[:40]}"

    @property
    def author_name(self) -> str:
        return self.participant.display_name

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_changed(self) -> bool:
        return self.is_deleted or self.edited_at is not None

    @property
    def shown_text(self) -> str:
        """What a page shows: the text, or that there is none any more."""
        return gettext("Message deleted") if self.is_deleted else self.text

    def mark_edited(self, text: str) -> None:
        self.text, self.edited_at = text, clock.now()
        self.save(update_fields=["text", "words", "edited_at"])

    def mark_deleted(self) -> None:
        self.text, self.deleted_at = "", clock.now()
        self.save(update_fields=["text", "words", "deleted_at"])
