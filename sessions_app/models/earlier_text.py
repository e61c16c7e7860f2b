from django.db import models

from sessions_app.models.chat_message import ChatMessage
from supportcenter import clock


class EarlierText(models.Model):
    """What a line of the chat said before its author changed or deleted it: for the record, which staff read."""

    message = models.ForeignKey(ChatMessage, on_delete=models.CASCADE, related_name="earlier_texts")
    text = models.TextField(max_length=ChatMessage.LONGEST)
    # When it was replaced.
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]
