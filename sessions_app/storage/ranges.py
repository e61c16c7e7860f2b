"""A file, or the part of it that a browser asks for (RFC 9110, 14): how a player jumps to a place. Knows no session."""

import re

from django.http import HttpResponse, StreamingHttpResponse

PIECE = 64 * 1024
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.IGNORECASE)


def file_response(request, file, *, size, content_type, etag):
    """Answer with the open `file` of `size` bytes: 200, 206, or 416; the response closes it."""
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


def _wanted(request, size, etag):
    """The bytes asked for; None: all of them; empty: none that are there."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    # Several ranges at once, or another unit, may be ignored: then the whole file is the answer.
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not asked or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1 if last else size, size))


def _pieces(request, file, first, length, content_type, status=200):
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(status=status, content_type=content_type)
    else:
        response = StreamingHttpResponse(_read(file, first, length), status=status, content_type=content_type)
        response._resource_closers.append(file.close)
    response["Content-Length"] = str(length)
    return response


def _read(file, first, length):
    file.seek(first)
    while length > 0 and (piece := file.read(min(PIECE, length))):
        length -= len(piece)
        yield piece
