"""A change without a valid CSRF token: another site sent it, or the page is older than the sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.answers import answer_refusal, warn_of_refusal
from supportcenter.refusals.errors import Forbidden
from supportcenter.responses import wants_json


class PageOutdated(Forbidden):
    code = "page_outdated"
    message = _(
        "Nothing was changed because this page was opened before you signed in. Reload it and try again. "
        "Cookies must be allowed for this site."
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if wants_json(request):
        return answer_refusal(request, PageOutdated())
    warn_of_refusal(request, PageOutdated.code)
    return render(request, "403_csrf.html", status=PageOutdated.status)
