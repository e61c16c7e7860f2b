"""Offering, sending and fetching files. Who may do it, actions decide."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.files import transfers
from sessions_app.actions.files.blocks import take_blocks as take_in
from sessions_app.actions.files.offers import Offered, accept_files, decline_files, offer_files
from sessions_app.errors import BlockHasWrongLength, FileOver, NoSuchParticipant
from sessions_app.forms.files import BlocksForm, DigestForm, OfferedFileForm, WayForm
from sessions_app.models import Activity, FileTransfer, Participant, SupportSession
from sessions_app.models.file_transfer import FileTransferQuerySet
from sessions_app.rules.permissions import may_read_record
from sessions_app.storage.block_digests import BLOCK, MOST_AT_ONCE
from sessions_app.views.access import (
    by_kind,
    csr_required,
    customer_required,
    participant_required,
    presence_required,
)
from sessions_app.views.activities import customer_named
from sessions_app.views.downloads import attachment, picture
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.opened import note_opened
from supportcenter.handling import own_pace, takes_uploads
from supportcenter.refusals import require
from supportcenter.responses import View, changed


def kept_file_required(view: View) -> View:
    """Call `view(request, transfer)` with a file that has arrived and is kept.

    CSRs read it with the session's record, whose page leads here as the chat does (E42); customers, once they have been
    let in, with the lines of the chat that they read (E48).
    """

    @login_required
    def on_record(request: SignedInRequest, key: str, pk: int) -> HttpResponseBase:
        session = get_object_or_404(SupportSession, key=key)
        if not may_read_record(request.user, session):
            raise Http404
        response = view(request, _kept(session.file_transfers.all(), pk))
        # A picture that the page shows goes with the page.
        if response.headers["Content-Disposition"].startswith("attachment"):
            note_opened("file_opened", by=request.user, about=session.audit_subject, file=pk)
        return response

    @customer_required
    @presence_required
    def in_chat(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponseBase:
        return view(request, _kept(session.file_transfers.read_by(me), pk))

    return by_kind(csr=on_record, customer=in_chat)


@never_cache
@require_safe
@kept_file_required
def download(request: HttpRequest, transfer: FileTransfer) -> HttpResponseBase:
    return attachment(request, transfer)


@require_safe
@kept_file_required
def show_picture(request: HttpRequest, transfer: FileTransfer) -> HttpResponseBase:
    return picture(transfer)


@require_POST
@participant_required
def offer(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """A CSR's go to the current customer or to the one named, a customer's to the primary."""
    to = None if me.is_customer else customer_named(request, session)
    require(me.is_customer or to is not None or not request.POST.get("customer"), NoSuchParticipant)
    activity = offer_files(session, _offered(request), to=to, by=me)
    files = [{"file": each.pk, "name": each.name, "size": each.size} for each in activity.files.all()]
    return _changed(request, me, activity, files=files)


@require_POST
@csr_required
def accept(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    return _changed(request, me, accept_files(session, get_object_or_404(session.activities, pk=pk), by=me))


@require_POST
@csr_required
def decline(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    return _changed(request, me, decline_files(session, get_object_or_404(session.activities, pk=pk), by=me))


@takes_uploads
@require_POST
@participant_required
@own_pace
def take_blocks(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    """The body is the blocks themselves; where they belong and what they should be stand in headers."""
    headers = {name: request.headers.get(f"X-Block-{name}") for name in ("offset", "digests")}
    form = BlocksForm(headers)
    require(form.is_valid(), BlockHasWrongLength)
    # Not `body`, which takes no more than a form may have.
    data = request.read(MOST_AT_ONCE * BLOCK + 1)
    transfer = get_object_or_404(session.file_transfers, pk=pk)
    transfer = take_in(transfer, data=data, by=me, **form.cleaned_data)
    return JsonResponse({"received": transfer.received})


@require_POST
@participant_required
def step(request: HttpRequest, session: SupportSession, me: Participant, pk: int, step: str) -> HttpResponse:
    """One step of a file on its way; STEPS has them all."""
    if step not in STEPS:
        raise Http404
    transfer = STEPS[step](request, session, get_object_or_404(session.file_transfers, pk=pk), me)
    return changed(request, me, file=transfer.pk, state=transfer.state, way=transfer.way, received=transfer.received)


def _start(request: HttpRequest, session: SupportSession, transfer: FileTransfer, me: Participant) -> FileTransfer:
    form = WayForm(request.POST)
    require(form.is_valid(), FileOver)
    return transfers.start_file(session, transfer, way=form.cleaned_data["way"], by=me)


def _stop(request: HttpRequest, session: SupportSession, transfer: FileTransfer, me: Participant) -> FileTransfer:
    return transfers.stop_transfer(session, transfer, failure=request.POST.get("failure", ""), by=me)


def _pause(request: HttpRequest, session: SupportSession, transfer: FileTransfer, me: Participant) -> FileTransfer:
    return transfers.pause_file(session, transfer, by=me)


def _resume(request: HttpRequest, session: SupportSession, transfer: FileTransfer, me: Participant) -> FileTransfer:
    return transfers.resume_file(session, transfer, by=me)


def _sent(request: HttpRequest, session: SupportSession, transfer: FileTransfer, me: Participant) -> FileTransfer:
    return transfers.report_sent(session, transfer, digest=_digest(request), by=me)


def _received(request: HttpRequest, session: SupportSession, transfer: FileTransfer, me: Participant) -> FileTransfer:
    return transfers.report_received(session, transfer, digest=_digest(request), by=me)


STEPS = {"start": _start, "pause": _pause, "resume": _resume, "sent": _sent, "received": _received, "stop": _stop}


def _digest(request: HttpRequest) -> str:
    form = DigestForm(request.POST)
    require(form.is_valid(), FileOver)
    return form.cleaned_data["digest"]


def _changed(request: HttpRequest, me: Participant, activity: Activity, **facts: Any) -> HttpResponse:
    return changed(request, me, activity=activity.pk, state=activity.state, **facts)


def _offered(request: HttpRequest) -> list[Offered]:
    """Lists of equal length, in order: name, size and type of each file."""
    columns = [request.POST.getlist(name) for name in ("name", "size", "content_type")]
    rows = [dict(zip(("name", "size", "content_type"), row, strict=False)) for row in zip(*columns, strict=False)]
    forms = [OfferedFileForm(row) for row in rows]
    if not all(form.is_valid() for form in forms):
        raise Http404
    return [Offered(**form.cleaned_data) for form in forms]


def _kept(transfers: FileTransferQuerySet, pk: int) -> FileTransfer:
    return get_object_or_404(transfers.exclude(file=""), pk=pk, state=FileTransfer.State.DONE)
