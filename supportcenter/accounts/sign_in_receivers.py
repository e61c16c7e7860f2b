"""What follows from a sign-in, and from other limits of sign-ins."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from supportcenter import clock
from supportcenter.accounts.actions.activity import note_sign_in
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.sign_in_times import SIGNED_IN_AT
from supportcenter.jobs.outbox.later import run_later

LIMITS = ("sign_in_idle_minutes", "sign_in_hours")
APPLY_LIMITS = "accounts.apply_sign_in_limits"


@receiver(user_logged_in)
def keep_sign_in(request: HttpRequest, user: User, **_: Any) -> None:
    request.session[SIGNED_IN_AT] = clock.now().timestamp()
    note_sign_in(request, user.pk)


@receiver(pre_save, sender=SitePolicy)
def remember_limits(instance: SitePolicy, update_fields: Any = None, raw: bool = False, **_: Any) -> None:
    concerned = not raw and (update_fields is None or not set(LIMITS).isdisjoint(update_fields))
    rows = SitePolicy.objects.filter(pk=instance.pk)
    instance.limits_before = rows.values_list(*LIMITS).first() if concerned else None  # type: ignore[attr-defined]


@receiver(post_save, sender=SitePolicy)
def limits_saved(instance: SitePolicy, **_: Any) -> None:
    """Other limits count for those who are signed in, too."""
    before = getattr(instance, "limits_before", None)
    if before and before != tuple(getattr(instance, name) for name in LIMITS):
        run_later(APPLY_LIMITS, above=0)
