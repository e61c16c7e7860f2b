from django.http import JsonResponse
from django.shortcuts import redirect

from supportcenter.refusals.answers import wants_json


def done(request, to, *args, **facts):
    """Answer a change: facts for a script, the next page for a plain form."""
    return JsonResponse(facts) if wants_json(request) else redirect(to, *args)
