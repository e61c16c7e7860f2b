"""The page of a link to sign in. Looking at it, as mail programs and messengers do, uses nothing up."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from supportcenter.accounts.sign_on.links import person_of, use_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "account/sign_in_link.html", {"person": person_of(token)})
    person = use_link(token)
    record_authentication(request, person, "sign_in_link")
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response
