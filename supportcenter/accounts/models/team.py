from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.capability_field import CapabilitiesField
from supportcenter.text.bilingual import in_both_languages

if TYPE_CHECKING:
    from supportcenter.accounts.models.user import User

# Teams of the site, people in one, and teams of one person.
MOST_TEAMS, MOST_MEMBERS, MOST_OF_ONE = 200, 200, 20


class Team(models.Model):
    """Representatives who work together, and what is switched off for them (E69)."""

    name = models.CharField(_("name, English"), max_length=80)
    name_ar = models.CharField(_("name, Arabic"), max_length=80, blank=True)
    switched_off = CapabilitiesField(_("switched off for this team"))
    members: models.ManyToManyField[User, TeamMembership] = models.ManyToManyField(
        "accounts.User", through="TeamMembership", related_name="teams", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["name"], name="team_has_a_name_of_its_own")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_both_languages(self, "name")

    def locked(self) -> Team:
        """This team read again, its row locked until the transaction ends. Every change of a team starts here."""
        return type(self).objects.select_for_update().get(pk=self.pk)


class TeamMembershipQuerySet(models.QuerySet["TeamMembership"]):
    def leading(self) -> TeamMembershipQuerySet:
        return self.filter(leads=True)

    def led_by(self, user: User) -> TeamMembershipQuerySet:
        """Everyone in the teams that this user leads, themselves among them; a person in two of them twice."""
        led = TeamMembership.objects.leading().filter(user=user)
        return self.filter(team__in=led.values("team"))


class TeamMembership(models.Model):
    """A person's place in a team. A lead sees what the team does, as long as they are a CSR (`User.is_lead`)."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("team"))
    user = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, related_name="team_memberships", verbose_name=_("person")
    )
    leads = models.BooleanField(_("leads the team"), default=False)

    objects = TeamMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="person_is_in_a_team_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.team})"


def leads_any(user: str = "pk") -> Exists:
    """Whether a row's user leads a team, as an expression; `user` names the column that has their key."""
    return Exists(TeamMembership.objects.leading().filter(user=OuterRef(user)))
