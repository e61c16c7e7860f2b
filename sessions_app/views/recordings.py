"""Recordings: pieces come in from the primary's page, the file goes out to those who may read the session's record."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.recordings.chunks import LARGEST_CHUNK, take_chunk
from sessions_app.actions.recordings.recordings import pause_recording, resume_recording
from sessions_app.errors import ChunkTooLarge
from sessions_app.models import Participant, Recording, SupportSession
from sessions_app.rules.permissions import may_read_record
from sessions_app.storage.ranges import file_response
from sessions_app.views.access import csr_required
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.opened import note_opened
from supportcenter.handling import own_pace, takes_uploads
from supportcenter.refusals import require
from supportcenter.responses import changed
from supportcenter.text.whole_numbers import count_in, whole_number


@never_cache
@require_safe
@login_required
def play(request: SignedInRequest, key: str, pk: int) -> HttpResponseBase:
    """The film, or a range of it; `?download` as an attachment, `?beside` the pieces that are not in it."""
    session = get_object_or_404(SupportSession, key=key)
    recording = get_object_or_404(session.recordings.exclude(file=""), pk=pk, state=Recording.State.READY)
    if not may_read_record(request.user, session):
        raise Http404
    is_saved = not {"download", "beside"}.isdisjoint(request.GET)
    what = "recording_saved" if is_saved else "recording_opened"
    note_opened(what, by=request.user, about=session.audit_subject, recording=recording.pk)
    return _pieces_beside(request, recording) if "beside" in request.GET else _film(request, recording)


@require_POST
@csr_required
def pause(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    pause_recording(session, _recording(session, pk), by=me)
    return changed(request, me)


@require_POST
@csr_required
def resume(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    resume_recording(session, _recording(session, pk), by=me)
    return changed(request, me)


@takes_uploads
@require_POST
@csr_required
@own_pace
def add_chunk(
    request: HttpRequest, session: SupportSession, me: Participant, pk: int, name: str, number: int
) -> HttpResponse:
    """The body is the piece; `?age` is how many milliseconds ago its segment began."""
    recording = _recording(session, pk)
    announced, age = count_in(request.headers.get("Content-Length") or ""), request.GET.get("age", "")
    require(announced is None or announced <= LARGEST_CHUNK, ChunkTooLarge)
    chunks = take_chunk(
        recording,
        name,
        number,
        request.body,
        content_type=request.content_type or "",
        age=whole_number(age) / 1000,
        by=me,
    )
    return JsonResponse({"chunks": chunks})


def _recording(session: SupportSession, pk: int) -> Recording:
    return get_object_or_404(session.recordings.select_related("activity__owner"), pk=pk)


def _film(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    inline = recording.is_playable and "download" not in request.GET
    name = f"{_name(recording)}.{recording.file.name.rpartition('.')[2]}"
    etag = f'"{recording.pk}-{recording.size}"'
    response = _kept(request, recording.file, content_type=recording.content_type, etag=etag)
    return _named(response, name, inline=inline)


def _pieces_beside(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    if not recording.beside:
        raise Http404
    etag = f'"{recording.pk}-beside"'
    response = _kept(request, recording.beside, content_type="application/zip", etag=etag)
    return _named(response, f"{_name(recording)}-beside.zip")


def _kept(request: HttpRequest, kept: FieldFile, *, content_type: str, etag: str) -> HttpResponseBase:
    try:
        opened: Any = kept.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    # Known since it was opened: a storage elsewhere is not asked twice.
    return file_response(request, opened, size=opened.file.size, content_type=content_type, etag=etag)


def _named(response: HttpResponseBase, name: str, *, inline: bool = False) -> HttpResponseBase:
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _name(recording: Recording) -> str:
    return f"recording-{recording.session.number}-{recording.pk}"
