"""Requests, as views that require an account see them."""

from django.http import HttpRequest

from supportcenter.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of somebody with an account: for annotations of views that refuse everyone else first."""

    user: User
