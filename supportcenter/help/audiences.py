"""Whom a section of the help centre is for. All of it may be read by everyone: this decides what is shown first."""

from enum import Enum
from typing import Any

from django.contrib.auth.models import AnonymousUser

from supportcenter.accounts.models import User


class Audience(Enum):
    EVERYBODY = "everybody"
    CUSTOMERS = "customers"
    REPRESENTATIVES = "representatives"
    MANAGERS = "managers"
    ADMINISTRATORS = "administrators"


def audiences_of(user: User | AnonymousUser) -> frozenset[Audience]:
    """Whom this reader belongs to; strangers are customers, of whom the site asks no account."""
    if not isinstance(user, User):
        return frozenset({Audience.EVERYBODY, Audience.CUSTOMERS})
    roles: dict[Audience, Any] = {
        Audience.EVERYBODY: True,
        Audience.REPRESENTATIVES: True,
        Audience.MANAGERS: user.is_manager or user.is_lead,
        Audience.ADMINISTRATORS: user.is_staff,
    }
    return frozenset(audience for audience, is_one in roles.items() if is_one)
