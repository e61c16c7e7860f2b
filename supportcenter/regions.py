"""Several regions of a page in one answer: what an event touches is asked for once, and read once."""

import hashlib
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

# More than any page has.
MOST = 20
# Drawn differently each time, and the same to who sends it back.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def answer_regions(request: HttpRequest, draw: Callable[[str], str]) -> HttpResponseBase:
    """The regions that `?names=roster,tools` asks for: `{"roster": {"html": …, "tag": …}, …}`.

    304 if the page has them all: it names the tags of what it shows, in the order of the names, as one If-None-Match.
    A page that sends `Prefer: return=minimal` is given the HTML of those alone that it does not have.
    `draw(name)` raises Http404 for a region that this page does not have.
    """
    names = list(dict.fromkeys(name for name in request.GET.get("names", "").split(",") if name))[:MOST]
    regions = {name: _tagged(request, draw(name)) for name in names}
    tags = [one["tag"] for one in regions.values()]
    response: HttpResponse = JsonResponse(_minimal(request, regions))
    response.headers["ETag"] = '"{}"'.format(".".join(tags))
    patch_vary_headers(response, ["Cookie", "Accept-Language", "Prefer"])
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _minimal(request: HttpRequest, regions: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Without the HTML that the page has; all of it for a page of an earlier release, which keeps none."""
    if request.headers.get("Prefer") != "return=minimal":
        return regions
    # A proxy that compresses calls the tag a weak one.
    known = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"').split(".")
    had = dict(zip(regions, known, strict=False)) if len(known) == len(regions) else {}
    return {name: {"tag": one["tag"]} if had.get(name) == one["tag"] else one for name, one in regions.items()}


def _tagged(request: HttpRequest, html: str) -> dict[str, str]:
    # A form's token is only good with the browser's secret, which a sign-in changes.
    drawn_for = request.META.get("CSRF_COOKIE", "") if TOKEN.search(html) else ""
    plain = TOKEN.sub("", html) + drawn_for
    return {"html": html, "tag": hashlib.sha256(plain.encode()).hexdigest()[:20]}
