from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 80


class User(AbstractUser):
    """Somebody with an account: a CSR, a manager or an admin. Customers have none."""

    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def display_name(self):
        """As others read it, no longer than what keeps the name of whoever was in a session."""
        return (self.get_full_name() or self.username)[:LONGEST_NAME].rstrip()

    @property
    def event_key(self):
        """How the event log names this person."""
        return f"user.{self.pk}"

    def locked(self):
        """This person afresh, the row locked until the transaction ends: whoever gives a CSR a session starts here."""
        # Not its key: rows that only name this person need not wait, nor can anybody wait for them in a circle.
        return type(self).objects.select_for_update(no_key=True).get(pk=self.pk)

    @property
    def privileges(self):
        """The CSR's privileges, or None: whoever has none is no CSR (E11: read anew at each action)."""
        return getattr(self, "csr_privileges", None)

    @property
    def is_csr(self):
        return self.is_active and self.privileges is not None

    @property
    def is_manager(self):
        return self.is_active and (self.is_superuser or bool(self.privileges and self.privileges.manager))
