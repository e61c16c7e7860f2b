"""Which pages of Django admin ask again who somebody is: those by which policy, people and their rights are changed."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

from supportcenter.handling import CHANGES, asks_again

# By the names of their models in addresses. A team has its leads, a queue its managers and agents.
ASKED = (
    *("accounts_user", "accounts_team", "accounts_sitepolicy"),
    *("webacd_acdpolicy", "webacd_agent", "webacd_queue"),
)
ASKED_TO_READ_TOO = {f"{model}_{page}" for model in ASKED for page in ("add", "change", "delete")}
ASKED_TO_CHANGE = {f"{model}_changelist" for model in ASKED}


def asking_again(urls: tuple[list[Any], str, str]) -> tuple[list[Any], str, str]:
    """The addresses of the admin, marked."""
    for pattern in _patterns(urls[0]):
        if pattern.name in ASKED_TO_READ_TOO or pattern.name == "auth_user_password_change":
            asks_again(pattern.callback)
        elif pattern.name in ASKED_TO_CHANGE:
            asks_again(pattern.callback, methods=CHANGES)
    return urls


def _patterns(urls: list[Any]) -> Iterator[URLPattern]:
    for one in urls:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one
