"""What goes for every page: links as they arrive, what a page may ask the browser for, who may keep it."""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import is_valid_path
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes

from supportcenter.responses import GetResponse

# Characters of a path; those of ours are shorter by far.
LONGEST = 500
OF_STRANGERS = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
# What mail programs and people put behind a link. No address of ours ends in anything but a letter or a digit: what
# follows is a bracket, a full stop, a direction mark, or one of these escaped once more, for HTML or for a URL; or the
# _ around what a messenger sets in italics, but not within a link: older ones have it at their end.
# Possessive: &gt; can be read in two ways, and strangers send a hundred of them.
TAIL = re.compile(
    r"(?:&(?:gt|lt|quot|nbsp|#\d{1,4});?|%(?:20|09|0[AD]|2[279CE]|3E|5D|7D)|[^A-Za-z0-9_-][_-]*+)++$", re.IGNORECASE
)
# What is inside a link that was broken: the break, a = before it (quoted-printable), marks that are not seen.
INSIDE = re.compile(r"(?:=?\s|%20|%0[9AD]|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])+", re.IGNORECASE)


def lead_links_home(get_response: GetResponse) -> GetResponse:
    """A link with something behind it, or broken in two, leads to its page: `/join/abc/).` to `/join/abc/`.

    Only where no page answers, and only to one of ours; what is part of the address, such as a token, stays untouched.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 404 and request.resolver_match is None and request.method in {"GET", "HEAD"}:
            path = _without_tail(request.path_info)
            if path:
                return redirect(escape_leading_slashes(path) + _query(request))
        return response

    return respond


def _without_tail(path: str) -> str | None:
    if len(path) > LONGEST:
        return None
    whole = INSIDE.sub("", path)
    meant = [link for each in (path, whole) for link in (TAIL.sub("", each) + "/", TAIL.sub("", each))]
    return next((each for each in meant if each != path and is_valid_path(each)), None)


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def keep_cookies_here(get_response: GetResponse) -> GetResponse:
    """Every cookie, set or deleted by no matter what, is for this site alone, not for the rest of a shared host."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for cookie in response.cookies.values():
            cookie["path"] = settings.MOUNT or "/"
        return response

    return respond


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Say what pages may ask the browser for, whatever gets into them."""
    header = ", ".join(f"{name}=({allowed})" for name, allowed in settings.PERMISSIONS_POLICY.items())

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", header)
        return response

    return respond


def keep_pages_private(get_response: GetResponse) -> GetResponse:
    """A page is kept by no one, neither by a proxy nor for this computer's next reader, unless its view says so.

    That of a stranger, who has nothing but a language and a form's token, holds nothing personal: Back may show it.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        cookies = {*request.COOKIES, *response.cookies} - OF_STRANGERS
        if cookies and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response

    return respond
