"""Files from strangers, served so that no browser runs them or trusts what they claim to be."""

from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from sessions_app.models import FileTransfer
from sessions_app.storage.ranges import file_response

# Bytes. Larger pictures are saved like any file.
LARGEST_PICTURE = 16 * 1024 * 1024
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def attachment(request: HttpRequest, transfer: FileTransfer) -> HttpResponseBase:
    """The file, to be saved; the rest of it for a download that was interrupted."""
    response = file_response(
        request,
        _opened(transfer),
        size=transfer.size,
        content_type="application/octet-stream",
        etag=f'"{transfer.digest}"',
    )
    for name, value in HARMLESS.items():
        response[name] = value
    response["Content-Disposition"] = content_disposition_header(True, transfer.name) or "attachment"
    return response


def picture(transfer: FileTransfer) -> FileResponse:
    """A picture to be shown within the page, of the kinds that hold nothing but a picture."""
    if not transfer.is_picture or transfer.size > LARGEST_PICTURE:
        raise Http404
    headers = {**HARMLESS, "Content-Length": str(transfer.size), "Cache-Control": "private, max-age=3600"}
    response = FileResponse(_opened(transfer), content_type=transfer.content_type, headers=headers)
    response["Content-Disposition"] = "inline"
    return response


def _opened(transfer: FileTransfer) -> BinaryIO:
    try:
        return transfer.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
