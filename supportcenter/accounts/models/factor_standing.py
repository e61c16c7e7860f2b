"""How a person stands to the second factor (E70), read in one statement with the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from supportcenter import clock
from supportcenter.accounts.models.site_policy import SitePolicy

if TYPE_CHECKING:
    from supportcenter.accounts.models import User

    People = TypeVar("People", bound=QuerySet[User])

# What is read along, beside the row itself.
READ = ("factor_held", "factor_rule", "factor_days", "step_up_minutes")
# Of a site whose policy nobody has read yet: it has no row.
STEP_UP_MINUTES: int = SitePolicy._meta.get_field("step_up_minutes").default


@dataclass(frozen=True)
class FactorStanding:
    """`until`: the end of the grace of somebody who has to set one up; None before it has begun to count.

    `minutes`: for so long it counts that a person has shown who they are.
    """

    is_required: bool
    is_held: bool
    until: datetime | None
    minutes: int

    @property
    def is_due(self) -> bool:
        return self.is_required and not self.is_held

    @property
    def is_over(self) -> bool:
        return self.is_due and self.until is not None and self.until <= clock.estimate()


def factors() -> QuerySet[Authenticator]:
    """Recovery codes stand in for a factor that is not at hand, and are none."""
    return Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


def with_standing(people: People) -> People:
    rule = SitePolicy.objects.filter(pk=1)
    return people.annotate(
        factor_held=Exists(factors().filter(user_id=OuterRef("pk"))),
        factor_rule=Subquery(rule.values("second_factor")[:1]),
        factor_days=Subquery(rule.values("second_factor_days")[:1]),
        step_up_minutes=Subquery(rule.values("step_up_minutes")[:1]),
    )


def standing_of(user: User) -> FactorStanding:
    said = vars(user)
    if any(name not in said for name in READ):
        said = with_standing(type(user).objects.filter(pk=user.pk)).values(*READ).first() or dict.fromkeys(READ)
    days, since = said["factor_days"], user.second_factor_from
    until = since + timedelta(days=days) if since and days is not None else None
    minutes = said["step_up_minutes"] or STEP_UP_MINUTES
    return FactorStanding(is_required_of(user, said["factor_rule"]), bool(said["factor_held"]), until, minutes)


def is_required_of(user: User, rule: Any) -> bool:
    """Whether this rule of the policy concerns an account."""
    kinds = SitePolicy.SecondFactor
    if rule == kinds.EVERYONE:
        return True
    is_admin = user.is_staff or user.is_superuser
    return (rule in {kinds.ADMINS, kinds.MANAGERS} and is_admin) or (rule == kinds.MANAGERS and user.is_manager)
