"""A refusal as a page or as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from supportcenter.refusals.errors import Refused
from supportcenter.responses import wants_json


def answer_refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if wants_json(request):
        error = {"code": refusal.code, "message": str(refusal.message), **refusal.facts}
        response: HttpResponse = JsonResponse({"error": error}, status=refusal.status)
    else:
        response = render(request, "errors/refused.html", {"refusal": refusal}, status=refusal.status)
    if "retry_after" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["retry_after"])
    return response
