from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.models.chat_message import ChatMessage
from sessions_app.models.participant import Participant
from supportcenter import clock


class Reaction(models.Model):
    """What one person thinks of one line of the chat, said by a sign (E66). Each sign once."""

    class Sign(models.TextChoices):
        """All that there are, in the order in which they are offered; the labels say them aloud."""

        THUMBS_UP = "👍", _("Thumbs up")
        HEART = "❤️", _("Heart")
        SMILE = "😄", _("Smile")
        PARTY = "🎉", _("Celebration")
        SURPRISE = "😮", _("Surprise")
        THANKS = "🙏", pgettext_lazy("reaction", "Thank you")

    message = models.ForeignKey(ChatMessage, on_delete=models.CASCADE, related_name="reactions", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reactions")
    sign = models.CharField(max_length=8, choices=Sign.choices)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "participant", "sign"], name="reaction_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.participant}"
