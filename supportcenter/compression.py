"""Pages are compressed, but for those whose length would tell something to somebody who listens (BREACH).

Who sees the length of many answers, and has a hand in their text, guesses what else is in them: what is repeated is
shorter. docs/security.md says what that leaves.
"""

import re
import zlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from supportcenter.responses import GetResponse

# Stands in templates before and after links that are secrets: nothing is compressed across it.
APART = b"<!--apart-->"
# Bytes: what is shorter fits a packet as it is.
SHORT = 1200
# Half of the time of zlib's own 6, for a twentieth more bytes.
LEVEL = 4
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0+)?\s*(,|$))")


def compress_pages(get_response: GetResponse) -> GetResponse:
    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and may_be_compressed(request, response):
            compress_if_taken(request, response)
        return response

    return respond


def may_be_compressed(request: HttpRequest, response: HttpResponse) -> bool:
    """A page with no text of the request in it: neither a search that another site's link began, nor a form."""
    reflects_nothing = request.method in {"GET", "HEAD"} and not request.META.get("QUERY_STRING")
    is_page = response.get("Content-Type", "").startswith("text/html") and "Content-Encoding" not in response
    return reflects_nothing and is_page and len(response.content) >= SHORT


def compress_if_taken(request: HttpRequest, response: HttpResponse) -> None:
    """For a view, too, whose long answer is no page and tells nothing by its length."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if GZIP.search(request.headers.get("Accept-Encoding", "")):
        compress(response)


def compress(response: HttpResponse) -> None:
    response.content = compressed(response.content)
    response["Content-Encoding"], response["Content-Length"] = "gzip", len(response.content)
    if response.get("ETag", "").startswith('"'):
        # The same page in other bytes.
        response["ETag"] = f"W/{response['ETag']}"


def compressed(content: bytes) -> bytes:
    """As gzip, each part by itself: no length depends on whether something of one part is in another."""
    deflate = zlib.compressobj(LEVEL, wbits=zlib.MAX_WBITS | 16)
    parts = [deflate.compress(part) + deflate.flush(zlib.Z_FULL_FLUSH) for part in content.split(APART)]
    return b"".join(parts) + deflate.flush()
