"""Recordings: pieces come in from the primary's page, the file goes out to those who may read the session's record."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.recordings.recordings import LARGEST_CHUNK, pause_recording, resume_recording, take_chunk
from sessions_app.errors import ChunkTooLarge
from sessions_app.models import Recording, SupportSession
from sessions_app.rules.permissions import may_read_record
from sessions_app.storage.ranges import file_response
from sessions_app.views.access import csr_door
from supportcenter.refusals import require
from supportcenter.responses import changed


@never_cache
@require_safe
@login_required
def play(request, key, pk):
    """The file, or a part of it; `?download` as an attachment, `?beside` what is not in it."""
    session = get_object_or_404(SupportSession, key=key)
    recording = Recording.objects.filter(session=session, pk=pk, state=Recording.State.READY).exclude(file="").first()
    if recording is None or not may_read_record(request.user, session):
        raise Http404
    if "beside" in request.GET:
        return _beside(request, session, recording)
    kind = recording.content_type
    etag = f'"{recording.pk}-{recording.size}"'
    response = file_response(request, recording.file.open("rb"), size=recording.size, content_type=kind, etag=etag)
    inline = recording.is_playable and "download" not in request.GET
    name = f"recording-{session.number}-{recording.pk}.{recording.file.name.rpartition('.')[2]}"
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _beside(request, session, recording):
    if not recording.beside:
        raise Http404
    size, etag = recording.beside.size, f'"{recording.pk}-beside"'
    kind = "application/zip"
    response = file_response(request, recording.beside.open("rb"), size=size, content_type=kind, etag=etag)
    response["Content-Disposition"] = f'attachment; filename="recording-{session.number}-{recording.pk}-beside.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@csr_door
def pause(request, session, me, pk):
    pause_recording(session, _recording(session, pk), by=me)
    return changed(request, me)


@require_POST
@csr_door
def resume(request, session, me, pk):
    resume_recording(session, _recording(session, pk), by=me)
    return changed(request, me)


@require_POST
@csr_door
def add_chunk(request, session, me, pk, name, number):
    """The body is the piece; `?age` is how many milliseconds ago its segment began."""
    recording = _recording(session, pk)
    announced, age = request.headers.get("Content-Length") or "", request.GET.get("age", "")
    require(not announced.isdecimal() or int(announced) <= LARGEST_CHUNK, ChunkTooLarge)
    chunks = take_chunk(
        recording,
        name,
        number,
        request.body,
        content_type=request.content_type or "",
        age=int(age) / 1000 if age.isdecimal() else 0,
        by=me,
    )
    return JsonResponse({"chunks": chunks})


def _recording(session, pk):
    recording = session.recordings.select_related("activity__owner").filter(pk=pk).first()
    if recording is None:
        raise Http404
    return recording
