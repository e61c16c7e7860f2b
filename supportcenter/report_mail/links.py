"""The link of a message that stops it: signed, so that it needs no sign-in, and good for nothing else."""

from django.core.signing import BadSignature, Signer

from supportcenter.report_mail.models import Subscription
from supportcenter.whole_addresses import whole_address

_signer = Signer(salt="supportcenter.report_mail.stop")


def signed(subscription: Subscription) -> str:
    return _signer.sign(f"{subscription.pk}-{subscription.user_id}")


def stop_link(subscription: Subscription) -> str:
    return whole_address("stop_report_by_link", signed(subscription))


def is_ours(signature: str) -> bool:
    return _read(signature) is not None


def subscription_in(signature: str) -> Subscription | None:
    """What the link stops; None if it is no link of ours, or has been stopped."""
    pk, user = _read(signature) or (0, 0)
    return Subscription.objects.filter(pk=pk, user=user).first()


def _read(signature: str) -> tuple[int, int] | None:
    try:
        pk, _dash, user = _signer.unsign(signature).partition("-")
    except BadSignature:
        return None
    return int(pk), int(user)
