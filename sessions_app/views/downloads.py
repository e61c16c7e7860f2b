"""What strangers have sent, given out so that no browser runs or believes any of it."""

from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header

from sessions_app.storage.ranges import file_response

# Bytes. Larger pictures are saved like any file.
LARGEST_PICTURE = 16 * 1024 * 1024
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def attachment(request, transfer):
    """The file, to be saved; from the middle for a download that was interrupted."""
    facts = {"size": transfer.size, "content_type": "application/octet-stream", "etag": f'"{transfer.digest}"'}
    response = file_response(request, _opened(transfer), **facts)
    for name, value in HARMLESS.items():
        response[name] = value
    response["Content-Disposition"] = content_disposition_header(True, transfer.name)
    return response


def picture(transfer):
    """A picture to be shown within the page; of the kinds that can hold nothing else."""
    if not transfer.is_picture or transfer.size > LARGEST_PICTURE:
        raise Http404
    headers = {**HARMLESS, "Content-Length": str(transfer.size), "Cache-Control": "private, max-age=3600"}
    response = FileResponse(_opened(transfer), content_type=transfer.content_type, headers=headers)
    response["Content-Disposition"] = "inline"
    return response


def _opened(transfer):
    try:
        return transfer.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
