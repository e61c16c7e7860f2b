"""A refusal as a page or as JSON."""

from django.http import JsonResponse
from django.shortcuts import render


def wants_json(request):
    return request.headers.get("X-Requested-With") == "fetch" or request.headers.get("Accept") == "application/json"


def answer_refusal(request, refusal):
    if wants_json(request):
        error = {"code": refusal.code, "message": str(refusal.message), **refusal.facts}
        response = JsonResponse({"error": error}, status=refusal.status)
    else:
        response = render(request, "errors/refused.html", {"refusal": refusal}, status=refusal.status)
    if "retry_after" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["retry_after"])
    return response
