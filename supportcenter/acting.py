"""The request that this code works for, so that what is noted far below a view can say who acted, and from where."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from supportcenter.client_address import client_address

if TYPE_CHECKING:
    from supportcenter.accounts.models import User

_request: ContextVar[HttpRequest | None] = ContextVar("acting_request", default=None)


def remember_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, behind the one that knows who is signed in."""

    def respond(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return respond


def acting_address() -> str:
    """Empty outside of a request."""
    request = _request.get()
    return client_address(request) if request else ""


def acting_user() -> User | None:
    """Whose press it is; None for a job, a command, and people without an account."""
    request = _request.get()
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
