"""What an app has to say in the first-run checklist: it fills the slot "setup_items" with an `item`."""

from typing import NamedTuple

from django.contrib.auth.models import AbstractUser
from django.urls import reverse


class SetupItem(NamedTuple):
    """One thing that a new site needs, and whether it has it; `place` names the page at `url`, where it is done."""

    name: str
    purpose: str
    done: bool
    url: str = ""
    place: str = ""


def way(user: AbstractUser, permission: str, url_name: str, *args: object) -> str:
    """The address of a page of the administration; empty for people to whom it is closed."""
    return reverse(url_name, args=args) if user.has_perm(permission) else ""
