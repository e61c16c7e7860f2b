"""What is pushed. Apps register what they have news of; this knows none of it."""

from collections.abc import Callable
from typing import NamedTuple

from supportcenter.accounts.models import User

# What the test of a device is called.
TRIAL = "trial"


class News(NamedTuple):
    """`kind` as in the settings of notifications, or `TRIAL`; a later one with the same `tag` takes its place.

    `tag` has letters, digits, - and _ alone, at most 32 of them; `url` is the path of the page to which a press leads.
    """

    kind: str
    title: str
    tag: str
    url: str


# Asked as it is sent, in the subscriber's language: about which row, and whom. None if it is no news any more.
Teller = Callable[[int, User], News | None]
_tellers: dict[str, Teller] = {}


def pushes(what: str) -> Callable[[Teller], Teller]:
    def register(teller: Teller) -> Teller:
        _tellers[what] = teller
        return teller

    return register


def news_of(what: str, subject: int, user: User) -> News | None:
    teller = _tellers.get(what)
    return teller(subject, user) if teller else None
