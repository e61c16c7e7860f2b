"""Whose mail it is: each kind has a composer, and may have somebody who is told what becomes of it."""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.utils.functional import Promise

from supportcenter.mail.models import Delivery

Compose = Callable[[Delivery], EmailMessage | None]
Told = Callable[[Delivery], None]

composers: dict[str, Compose] = {}
words_of_kind: dict[str, str | Promise] = {}
listeners: dict[str, Told] = {}


class NoComposerError(LookupError):
    """No composer is registered for this kind: the worker is older than the site, or the code has dropped the kind."""


def composer(kind: str, *, words: str | Promise) -> Callable[[Compose], Compose]:
    """Register how a message of `kind` is written. It is asked for each attempt, and outside of any transaction.

    None: it is not wanted any more, so nothing is sent. `words` say in the admin what it is.
    """

    def register(compose: Compose) -> Compose:
        assert composers.setdefault(kind, compose) is compose, f"{kind} has a composer already"
        words_of_kind[kind] = words
        return compose

    return register


def on_change(kind: str) -> Callable[[Told], Told]:
    """Have the function called when a delivery of `kind` has come into another state, in the same transaction."""

    def register(told: Told) -> Told:
        assert listeners.setdefault(kind, told) is told, f"{kind} is told already"
        return told

    return register


def compose(delivery: Delivery) -> EmailMessage | None:
    if delivery.kind not in composers:
        raise NoComposerError(delivery.kind)
    return composers[delivery.kind](delivery)


def tell(delivery: Delivery) -> None:
    if told := listeners.get(delivery.kind):
        told(delivery)
