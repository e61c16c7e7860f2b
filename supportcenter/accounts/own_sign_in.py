"""Pages of signing in by what this site itself knows of a person: there is none where a provider alone does (E72)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase


def own_sign_in(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.PASSWORD_SIGN_IN:
            raise Http404
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response

    return answer
