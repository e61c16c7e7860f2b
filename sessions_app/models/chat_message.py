from django.db import models

from supportcenter import clock


class ChatMessage(models.Model):
    """One line of the chat, as typed. `client_id` makes a repeated sending the same message."""

    LONGEST = 4000

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="chat_messages")
    participant = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="chat_messages")
    conversation = models.PositiveSmallIntegerField(default=1)
    client_id = models.CharField(max_length=40)
    # A line about a file that has arrived has its name for text.
    text = models.TextField(max_length=LONGEST)
    file = models.OneToOneField("FileTransfer", null=True, on_delete=models.SET_NULL, related_name="line")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["participant", "client_id"], name="message_is_sent_once")]

    def __str__(self):
        return f"{self.participant}: {self.text[:40]}"

    @property
    def author_name(self):
        return self.participant.display_name
