"""What the security log and the person are told of their second factors."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from supportcenter import security_log
from supportcenter.accounts.actions.factors import FACTOR_NEWS, forget_days
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.client_address import client_address
from supportcenter.mail.outbox import post_again

CODES = Authenticator.Type.RECOVERY_CODES


@receiver(authenticator_added)
def note_added(request: HttpRequest, user: User, authenticator: Authenticator, **facts: Any) -> None:
    """The first factor brings recovery codes, which are no news of their own."""
    if authenticator.type != CODES:
        security_log.note("second_factor_added", **_facts(request, user), factor=str(authenticator.type))
        post_again(FACTOR_NEWS, user.pk, what="added", factor=str(authenticator.type))


@receiver(authenticator_removed)
def note_removed(request: HttpRequest, user: User, authenticator: Authenticator, **facts: Any) -> None:
    if authenticator.type != CODES:
        security_log.note("second_factor_removed", **_facts(request, user), factor=str(authenticator.type))
        post_again(FACTOR_NEWS, user.pk, what="removed", factor=str(authenticator.type))


@receiver(authenticator_reset)
def note_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **facts: Any) -> None:
    security_log.note("recovery_codes_renewed", **_facts(request, user))
    post_again(FACTOR_NEWS, user.pk, what="renewed")


@receiver(authenticator_used)
def note_recovery_code(request: HttpRequest, user: User, authenticator: Authenticator, **facts: Any) -> None:
    if authenticator.type == CODES:
        left = len(authenticator.wrap().get_unused_codes())
        security_log.note("recovery_code_used", **_facts(request, user), left=left)
        post_again(FACTOR_NEWS, user.pk, what="code_used", left=left)


@receiver(pre_save, sender=SitePolicy)
def remember_rule(instance: SitePolicy, **facts: Any) -> None:
    rule = SitePolicy.objects.filter(pk=instance.pk).values_list("second_factor", flat=True).first()
    instance.rule_has_changed = rule != instance.second_factor  # type: ignore[attr-defined]


@receiver(post_save, sender=SitePolicy)
def forget_days_of_others(instance: SitePolicy, **facts: Any) -> None:
    if getattr(instance, "rule_has_changed", False):
        forget_days(instance.second_factor)


def _facts(request: HttpRequest, user: User) -> dict[str, str | None]:
    return {"address": client_address(request), "account": user.username}
