from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.accounts.models import User

LONGEST = 4000
# What stands between the words of two forms.
BETWEEN = "\n\n"


class LeftMessage(models.Model):
    """A message left instead of waiting: emailed to the queue's members, and in their inbox until it is answered."""

    queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="left_messages")
    request = models.OneToOneField("SupportRequest", null=True, on_delete=models.SET_NULL, related_name="left_message")
    name = models.CharField(max_length=80)
    email = models.EmailField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    text = models.TextField(max_length=LONGEST)
    # The press that left it: repeating the press leaves no second message (supportcenter/one_press.py).
    press = models.CharField(max_length=64, null=True, unique=True, editable=False)
    at = models.DateTimeField(default=clock.now)
    mailed_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    session = models.ForeignKey("sessions_app.SupportSession", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("left message")
        verbose_name_plural = _("left messages")
        ordering = ["-at"]
        indexes = [
            models.Index(
                fields=["queue", "at"], condition=models.Q(answered_at__isnull=True), name="unanswered_messages"
            )
        ]

    def says(self, text: str) -> bool:
        """Whether it ends with these words already: the form was sent twice."""
        return self.text == text or self.text.endswith(f"{BETWEEN}{text}")

    def add(self, text: str) -> bool:
        """Put more words below it; False if it has been mailed or answered, or has no room for them."""
        whole = f"{self.text}{BETWEEN}{text}"
        if self.mailed_at or self.answered_at or len(whole) > LONGEST:
            return False
        self.text = whole
        self.save(update_fields=["text"])
        return True

    def mark_mailed(self) -> None:
        self.mailed_at = clock.now()
        self.save(update_fields=["mailed_at"])

    def mark_answered(self, user: User, session: SupportSession) -> None:
        self.answered_by, self.answered_at, self.session = user, clock.now(), session
        self.save(update_fields=["answered_by", "answered_at", "session"])

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"
