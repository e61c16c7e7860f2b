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
    `draw(name)` raises Http404 for a region that this page does not have.
    """
    names = list(dict.fromkeys(name for name in request.GET.get("names", "").split(",") if name))[:MOST]
    regions = {name: _tagged(request, draw(name)) for name in names}
    response: HttpResponse = JsonResponse(regions)
    response.headers["ETag"] = '"{}"'.format(".".join(one["tag"] for one in regions.values()))
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _tagged(request: HttpRequest, html: str) -> dict[str, str]:
    # A form's token is only good with the browser's secret, which a sign-in changes.
    drawn_for = request.META.get("CSRF_COOKIE", "") if TOKEN.search(html) else ""
    plain = TOKEN.sub("", html) + drawn_for
    return {"html": html, "tag": hashlib.sha256(plain.encode()).hexdigest()[:20]}
