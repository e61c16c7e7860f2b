from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock


class SignOn(models.Model):
    """A sign-in by an identity provider, by the names under which the provider ends it (E72)."""

    # Without a constraint of the database: whatever deletes sign-ins there need not know of it.
    sign_in = models.OneToOneField(Session, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    # What the provider calls this one sign-in; empty if it does not say.
    sid = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("sign-in by an identity provider")
        verbose_name_plural = _("sign-ins by an identity provider")
        indexes = [models.Index(fields=["issuer", "subject"]), models.Index(fields=["issuer", "sid"])]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
