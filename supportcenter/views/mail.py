"""Developers' pages: the mail that this site would have sent, had it a mail server (EMAIL_URL)."""

from pathlib import Path

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supportcenter.views.mail_files import messages


@never_cache
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    return render(request, "supportcenter/mail.html", {"messages_written": messages(_folder())})


# Mail carries its styles with it and, if an attacker wrote it, worse: it may be looked at, no more.
@csp(  # type: ignore[arg-type]  # it takes any view, though its annotation says one without arguments
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        # The site's logo, and nobody else's picture.
        "img-src": [settings.SITE_ORIGIN],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
)
@never_cache
@require_safe
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    found = next((message for message in messages(_folder()) if message.name == name), None)
    if found is None or not found.html:
        raise Http404
    return HttpResponse(found.html)


def _folder() -> Path:
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        raise Http404
    return settings.MAIL_DIR
