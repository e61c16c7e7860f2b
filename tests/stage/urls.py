import hashlib
import json
import logging
import threading
from itertools import repeat

from django.conf import settings
from django.db import connection
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from supportcenter.handling import reads_much, takes_uploads
from supportcenter.jobs.outbox.later import run_later
from supportcenter.urls import handler400, handler403, handler429, handler500  # noqa: F401 - Django looks here
from tests.stage.signs import wait_for, write


@takes_uploads
@csrf_exempt
def echo(request):
    """What came in, and on which thread and connection it was answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    digest = hashlib.sha256()
    for piece in iter(lambda: request.read(65536), b""):
        digest.update(piece)
    return JsonResponse(
        {
            "address": request.META.get("REMOTE_ADDR"),
            "headers": dict(request.headers),
            "cookies": request.COOKIES,
            "scheme": request.scheme,
            "body": digest.hexdigest(),
            "thread": threading.current_thread().name,
            "connection": id(connection.connection),
        }
    )


@csrf_exempt
def form(request):
    return HttpResponse(str(len(request.body)))


@reads_much
def held_while_reading(request):
    write("reading")
    wait_for("read on")
    return HttpResponse("read")


def held(request):
    """Answered only when the test writes the sign `let go`."""
    write("held")
    wait_for("let go")
    return HttpResponse("at last")


def long_file(request):
    mebibytes = int(request.GET["mebibytes"])
    return StreamingHttpResponse(repeat(b"x" * 65536, mebibytes * 16), content_type="application/octet-stream")


def one_file(request):
    return FileResponse((settings.DATA_DIR / request.GET["name"]).open("rb"))


def broken_off(request):
    """What is read goes away in the middle of an answer."""

    def pieces():
        yield b"begun"
        raise OSError

    return StreamingHttpResponse(pieces(), headers={"Content-Length": "1000000"})


def unhurried(request):
    """Each piece waits for the test's sign, and says on which thread and connection it was made."""

    def pieces():
        for number in range(3):
            wait_for(f"piece {number}")
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            yield f"{threading.current_thread().name} {id(connection.connection)}\n"

    return StreamingHttpResponse(pieces())


@reads_much
def table(request):
    """Read piece by piece, each when the test lets it."""

    def rows():
        for number in range(2):
            write(f"row {number} begun")
            wait_for(f"row {number}")
            yield f"row {number}\n"

    return StreamingHttpResponse(rows())


def breaks(request):
    """A fault of ours while somebody's words are at hand: in variables, in the exception, in the log."""
    said = request.GET.get("said", "")
    logging.getLogger("supportcenter.tests").warning("heard %s", said)
    raise RuntimeError(f"could not save {said}")


def later(request):
    run_later(request.GET["kind"], **json.loads(request.GET["payload"]))
    return HttpResponse()


urlpatterns = [
    path("later/", later),
    path("breaks/<slug:token>/", lambda request, token: breaks(request), name="breaks"),
    path("echo/", echo),
    path("form/", form),
    path("held/", held),
    path("reading/", held_while_reading),
    path("file/", one_file),
    path("long/", long_file),
    path("broken-off/", broken_off),
    path("unhurried/", unhurried),
    path("table/", table),
    path("", include("supportcenter.urls")),
]
