"""A refusal where there is no request yet: without the database, the site's look, or anything to wait for."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, parse_cookie
from django.utils import translation
from django.utils.html import format_html

from supportcenter.refusals.answers import refusal_as_json
from supportcenter.refusals.errors import Refused
from supportcenter.responses import wants_json

PAGE = (
    '<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{message}</title>'
    "<p>{message}</p></html>"
)

# Of the site's rules those that matter where nothing is loaded; some go out past everything that would add them.
HARMLESS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}


def bare_refusal(headers: Iterable[tuple[bytes, bytes]], refusal: Refused) -> HttpResponse:
    """The refusal as JSON or as the smallest page that there is, in the language that these headers ask for."""
    request = _request(headers)
    with translation.override(translation.get_language_from_request(request)):
        response: HttpResponse = refusal_as_json(refusal) if wants_json(request) else HttpResponse(_page(refusal))
    response.status_code = refusal.status
    for name, value in HARMLESS.items():
        response.headers[name] = value
    if "retry_after" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["retry_after"])
    return response


def _page(refusal: Refused) -> str:
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    return format_html(PAGE, language=translation.get_language(), direction=direction, message=refusal.message)


def _request(headers: Iterable[tuple[bytes, bytes]]) -> HttpRequest:
    request = HttpRequest()
    for name, value in headers:
        request.META[f"HTTP_{name.decode('latin1').upper().replace('-', '_')}"] = value.decode("latin1")
    request.COOKIES = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    return request
