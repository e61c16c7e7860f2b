"""How views answer: a change, and the page of a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

View = Callable[..., HttpResponseBase]
# What a middleware is given, and what it makes of it.
GetResponse = Callable[[HttpRequest], HttpResponseBase]

FORM_REFUSED = 422


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch" or request.headers.get("Accept") == "application/json"


def changed(request: HttpRequest, to: Any, *args: Any, status: int = 200, **facts: Any) -> HttpResponse:
    """Answer a change: facts for a script, with `status`, and for a plain form the page it came from.

    `to` and `args` are those of `redirect`; a participant stands for their own page of the session.
    """
    return JsonResponse(facts, status=status) if wants_json(request) else redirect(to, *args)


def render_form(
    request: HttpRequest, template: str, form: forms.BaseForm, *, status: int = FORM_REFUSED, **context: Any
) -> HttpResponse:
    """The page of a form; with `status`, if something in the form is wrong."""
    return render(request, template, {"form": form, **context}, status=status if form.errors else 200)
