"""The link of a message that stops it: signed, so that it needs no sign-in, and good for nothing else."""

import re

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare

from supportcenter.link_tokens import LENGTH, seal, seals
from supportcenter.report_mail.models import Subscription
from supportcenter.whole_addresses import whole_address

SALT = "supportcenter.report_mail.stop"
# 7x12x and a seal: of subscription 7 and person 12.
FORM = re.compile(rf"(\d{{1,18}})x(\d{{1,18}})x([0-9A-Za-z]{{{LENGTH}}})")


def signed(subscription: Subscription) -> str:
    whose = f"{subscription.pk}-{subscription.user_id}"
    return f"{whose.replace('-', 'x')}x{seal(SALT, whose)[:LENGTH]}"


def stop_link(subscription: Subscription) -> str:
    return whole_address("stop_report_by_link", signed(subscription))


def is_ours(signature: str) -> bool:
    return _read(signature) is not None


def subscription_in(signature: str) -> Subscription | None:
    """What the link stops; None if it is no link of ours, or has been stopped."""
    pk, user = _read(signature) or (0, 0)
    return Subscription.objects.filter(pk=pk, user=user).first()


def _read(signature: str) -> tuple[int, int] | None:
    if found := FORM.fullmatch(signature):
        pk, user, given = found.groups()
        is_ours = any(constant_time_compare(given, each[:LENGTH]) for each in seals(SALT, f"{pk}-{user}"))
        return (int(pk), int(user)) if is_ours else None
    # Of messages from before, which are kept for years.
    try:
        pk, _dash, user = Signer(salt=SALT).unsign(signature).partition("-")
    except BadSignature:
        return None
    return int(pk), int(user)
