"""Who changes settings, people or sign-ins, erases or saves reports has shown lately who they are (E70).

A second factor does, where the person has one, else whatever they signed in with. Views are marked by `asks_again`.
"""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.http import urlencode

from supportcenter import security_log
from supportcenter.accounts.errors import NotLatelyConfirmed, SignInAgain
from supportcenter.accounts.models import User
from supportcenter.accounts.sealing import seal, unseal
from supportcenter.client_address import client_address
from supportcenter.refusals.answers import answer_refusal
from supportcenter.responses import wants_json

BY_FACTOR, PURPOSE = "mfa", "form that waits"
# Characters of a form that waits in the sign-in until its sender has confirmed who they are.
LONGEST_FORM = 64 * 1024


def is_recent(request: HttpRequest, user: User) -> bool:
    """A sign-in that says nothing of when and how is none."""
    records = get_authentication_records(request, user)
    standing = user.factor
    counting = [one for one in records if one["method"] == BY_FACTOR] if standing.is_held else records
    least = time.time() - 60 * standing.minutes
    return any(one["at"] > least for one in counting)


def ask(request: HttpRequest, user: User, ways: list[dict[str, Any]]) -> HttpResponseBase:
    """Lead to the page that asks, and from there back; a form that was sent is sent on then."""
    security_log.note("identity_asked", address=client_address(request), account=user.username)
    if not ways:
        return answer_refusal(request, SignInAgain())
    request.session.pop(STATE_SESSION_KEY, None)
    way = f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}"
    if wants_json(request):
        return answer_refusal(request, NotLatelyConfirmed())
    if request.method == "POST" and not _keep(request, user):
        return render(request, "account/confirm_first.html", {"way": way}, status=NotLatelyConfirmed.status)
    return redirect(way)


def send_on(request: HttpRequest, kept: dict[str, str]) -> HttpResponse:
    """allauth calls it once the person has confirmed who they are, with what `_keep` has kept."""
    return _sent(request, kept) if request.POST.get("next") == kept["path"] else redirect("home")


def go_on(request: HttpRequest, path: str) -> HttpResponse:
    """The same where a provider has confirmed it (E72), which leads back by a link."""
    kept = request.session.pop(STATE_SESSION_KEY, {}).get("state", {})
    return _sent(request, kept) if kept.get("path") == path else redirect(path)


def _sent(request: HttpRequest, kept: dict[str, str]) -> HttpResponse:
    path = kept["path"]
    if kept["user"] != str(request.user.pk):
        return redirect("home")
    try:
        body = unseal(PURPOSE, kept["form"])
    except InvalidToken:
        return redirect(path)
    before, _mark, query = path.partition("?")
    request.method, request.POST, request.GET = "POST", QueryDict(body), QueryDict(query)
    request.path = request.path_info = before
    request.META["QUERY_STRING"] = query
    match = request.resolver_match = resolve(before)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


def _keep(request: HttpRequest, user: User) -> bool:
    """Keep the form, encrypted, in the sign-in. Not one with files, which would make it large."""
    form = request.POST.urlencode()
    if request.FILES or len(form) > LONGEST_FORM:
        return False
    kept = {"path": request.get_full_path(), "user": str(user.pk), "form": seal(PURPOSE, form)}
    request.session[STATE_SESSION_KEY] = {"callback": f"{__name__}.{send_on.__name__}", "state": kept}
    return True
