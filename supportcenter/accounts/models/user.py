from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models.face import Face
from supportcenter.accounts.models.factor_standing import FactorStanding, standing_of
from supportcenter.accounts.models.site_picture import SitePicture
from supportcenter.accounts.models.team import TeamMembership

if TYPE_CHECKING:
    from supportcenter.accounts.models import CsrPrivileges

LONGEST_NAME = 80


def inbox_of(user: int) -> str:
    """The stream of what reaches this user, by their key, on whatever page of the site they have open."""
    return f"inbox.{user}"


class User(AbstractUser):
    """A person with an account: a CSR, a manager or an admin. Customers have none."""

    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    # Shown where their initial would stand. Whatever deletes the account frees it (`accounts/receivers.py`).
    picture = models.ForeignKey(SitePicture, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    # When a second factor was first required of them: their grace counts from there (E70).
    second_factor_from = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def display_name(self) -> str:
        """The name that others read, no longer than a participant's name can be."""
        return (self.get_full_name() or self.username)[:LONGEST_NAME].rstrip()

    @property
    def face(self) -> Face | None:
        return Face(self.picture_id) if self.picture_id else None

    @property
    def event_key(self) -> str:
        """The actor's key in the event log."""
        return f"user.{self.pk}"

    @property
    def stream(self) -> str:
        return inbox_of(self.pk)

    def locked(self) -> User:
        """This user read again, the row locked until the transaction ends. What gives a CSR a session starts here."""
        # Not its key: inserting rows that refer to the user need not wait, and cannot deadlock.
        return type(self).objects.select_for_update(no_key=True).get(pk=self.pk)

    @property
    def privileges(self) -> CsrPrivileges | None:
        """The CSR's privileges; None for a user who is not one (E11: read again for each action)."""
        return getattr(self, "csr_privileges", None)

    @property
    def factor(self) -> FactorStanding:
        """How they stand to the second factor; read along with who is signed in (`SignIn`)."""
        return standing_of(self)

    @property
    def is_shut_out(self) -> bool:
        """A second factor is required, they have none, and their grace is over: nothing but setting one up works."""
        return self.factor.is_over

    @property
    def is_csr(self) -> bool:
        return self.is_active and self.privileges is not None

    @property
    def is_manager(self) -> bool:
        return self.is_active and (self.is_superuser or bool(self.privileges and self.privileges.manager))

    @cached_property
    def leads_a_team(self) -> bool:
        """Read along with whom a request is about (`SignIn`), so that pages pay no query for it."""
        return TeamMembership.objects.leading().filter(user=self).exists()

    @property
    def is_lead(self) -> bool:
        """E69: a CSR who leads a team."""
        return self.is_csr and self.leads_a_team

    @cached_property
    def people_led(self) -> list[int]:
        """The keys of everyone in the teams that they lead; of those who lead none it asks nothing."""
        if not self.is_lead:
            return []
        members = TeamMembership.objects.led_by(self)
        return list(members.order_by("user").values_list("user", flat=True).distinct())
