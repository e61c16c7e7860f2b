"""A refusal as a page or as JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import permission_denied

from supportcenter import metrics, security_log
from supportcenter.client_address import client_address
from supportcenter.refusals.errors import Refused
from supportcenter.responses import wants_json

# What an attacked administrator looks for: a right that somebody lacks, a limit that somebody has reached.
TOLD = {403, 429}


def answer_refusal(
    request: HttpRequest, refusal: Refused, *, page: str = "errors/refused.html", **context: Any
) -> HttpResponse:
    """`page`: one that has more to offer than the way home, and what it needs."""
    metrics.count("refusals", code=refusal.code)
    if refusal.status in TOLD:
        warn_of_refusal(request, refusal.code)
    if wants_json(request):
        response: HttpResponse = refusal_as_json(refusal)
    else:
        response = render(request, page, {"refusal": refusal, **context}, status=refusal.status)
    if "retry_after" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["retry_after"])
    return response


def refusal_as_json(refusal: Refused) -> JsonResponse:
    error = {"code": refusal.code, "message": str(refusal.message), **refusal.facts}
    return JsonResponse({"error": error}, status=refusal.status)


def warn_of_refusal(request: HttpRequest, code: str) -> None:
    """A line in the security log. The page is told by its name: an address may hold a token."""
    page = request.resolver_match.view_name if request.resolver_match else None
    user = getattr(request, "user", None)
    account = user.get_username() if user and user.is_authenticated else None
    security_log.warn("access_refused", address=client_address(request), account=account, page=page, why=code)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A right that Django or its admin asks for, and the person does not have."""
    metrics.count("refusals", code="forbidden")
    warn_of_refusal(request, "forbidden")
    return permission_denied(request, exception)


def too_many(request: HttpRequest) -> HttpResponse:
    """A limit of allauth's."""
    metrics.count("refusals", code="too_many")
    warn_of_refusal(request, "too_many")
    return render(request, "429.html", status=429)
