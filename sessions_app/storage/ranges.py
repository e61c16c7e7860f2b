"""Responses with a file, or the range of it that a browser asks for (RFC 9110, 14), as players do to seek."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from supportcenter.text.whole_numbers import count_in

PIECE = 64 * 1024
ONE_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)", re.IGNORECASE)


def file_response(
    request: HttpRequest, file: BinaryIO, *, size: int, content_type: str, etag: str
) -> HttpResponse | StreamingHttpResponse:
    """Respond with the open `file` of `size` bytes: 200, 206 or 416. The response closes the file."""
    response: HttpResponse | StreamingHttpResponse
    wanted = _wanted(request, size, etag)
    if wanted is None:
        response = _pieces(request, file, 0, size, content_type)
    elif not wanted:
        file.close()
        response = HttpResponse(status=416, content_type=content_type)
        response["Content-Range"] = f"bytes */{size}"
    else:
        first, last = wanted.start, wanted.stop - 1
        response = _pieces(request, file, first, len(wanted), content_type, status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _wanted(request: HttpRequest, size: int, etag: str) -> range | None:
    """The bytes asked for: None for all of them, empty if the file has none of them."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    # Several ranges at once, and other units, may be ignored: the response is then the whole file.
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not asked or not any(asked.groups()):
        return None
    first, last = (count_in(digits) for digits in asked.groups())
    if first is None:
        return range(max(0, size - (last or 0)), size)
    if last is not None and last < first:
        return None
    return range(first, size if last is None else min(last + 1, size))


def _pieces(
    request: HttpRequest, file: BinaryIO, first: int, length: int, content_type: str, status: int = 200
) -> HttpResponse | StreamingHttpResponse:
    response: HttpResponse | StreamingHttpResponse
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(status=status, content_type=content_type)
    else:
        response = StreamingHttpResponse(_read(file, first, length), status=status, content_type=content_type)
        response._resource_closers.append(file.close)  # type: ignore[attr-defined]  # private to Django
    response["Content-Length"] = str(length)
    return response


def _read(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    file.seek(first)
    while length > 0 and (piece := file.read(min(PIECE, length))):
        length -= len(piece)
        yield piece
