"""Offering, sending and fetching files, at both doors. Who may is the actions' affair."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.files import transfers as verbs
from sessions_app.actions.files.offers import Offered, accept_files, decline_files, offer_files
from sessions_app.errors import BlockHasWrongLength, FileOver, NoSuchParticipant, NotAdmitted
from sessions_app.forms import BlocksForm, DigestForm, OfferedFileForm, WayForm
from sessions_app.models import FileTransfer, SupportSession
from sessions_app.rules.permissions import may_read_record
from sessions_app.storage.block_digests import BLOCK, MOST_AT_ONCE
from sessions_app.views.access import csr_door, customer_door, in_session
from sessions_app.views.downloads import attachment, picture
from supportcenter.refusals import require
from supportcenter.responses import changed

CSR_PAGE, CUSTOMER_PAGE = "dashboard", "remote_support"


@require_POST
@csr_door
def csr_offer(request, session, me):
    """To the current customer, or to the one named."""
    wanted = request.POST.get("customer")
    to = session.participants.customers().present().filter(pk=wanted).first() if (wanted or "").isdecimal() else None
    require(to is not None or not wanted, NoSuchParticipant)
    return _offer(request, CSR_PAGE, session, me, to=to)


@require_POST
@customer_door
def customer_offer(request, session, me):
    return _offer(request, CUSTOMER_PAGE, session, me)


@require_POST
@csr_door
def accept(request, session, me, pk):
    return _answered(request, session, accept_files(session, _activity(session, pk), by=me))


@require_POST
@csr_door
def decline(request, session, me, pk):
    return _answered(request, session, decline_files(session, _activity(session, pk), by=me))


@require_POST
@csr_door
def csr_blocks(request, session, me, pk):
    return _blocks(request, session, me, pk)


@require_POST
@customer_door
def customer_blocks(request, session, me, pk):
    return _blocks(request, session, me, pk)


@require_POST
@csr_door
def csr_step(request, session, me, pk, step):
    return _step(request, CSR_PAGE, session, me, pk, step)


@require_POST
@customer_door
def customer_step(request, session, me, pk, step):
    return _step(request, CUSTOMER_PAGE, session, me, pk, step)


@never_cache
@require_safe
@login_required
def csr_download(request, key, pk):
    """For those who may read the session's record: its page leads here as the chat does (E42)."""
    return attachment(request, _on_record(request, key, pk))


@never_cache
@require_safe
@customer_door
@in_session
def customer_download(request, session, me, pk):
    return attachment(request, _shown_to(me, session, pk))


@require_safe
@login_required
def csr_picture(request, key, pk):
    return picture(_on_record(request, key, pk))


@require_safe
@customer_door
@in_session
def customer_picture(request, session, me, pk):
    return picture(_shown_to(me, session, pk))


def _offer(request, page, session, me, *, to=None):
    activity = offer_files(session, _offered(request), to=to, by=me)
    files = [{"file": each.pk, "name": each.name, "size": each.size} for each in activity.files.all()]
    return changed(request, page, session.key, activity=activity.pk, state=activity.state, files=files)


def _offered(request):
    """Lists of equal length, in order: name, size and type of each file."""
    columns = [request.POST.getlist(name) for name in ("name", "size", "content_type")]
    rows = [dict(zip(("name", "size", "content_type"), row, strict=False)) for row in zip(*columns, strict=False)]
    forms = [OfferedFileForm(row) for row in rows]
    if not all(form.is_valid() for form in forms):
        raise Http404
    return [Offered(**form.cleaned_data) for form in forms]


def _answered(request, session, activity):
    return changed(request, CSR_PAGE, session.key, activity=activity.pk, state=activity.state)


def _blocks(request, session, me, pk):
    """The body is the blocks themselves; where they belong and what they should be stand in headers."""
    headers = {name: request.headers.get(f"X-Block-{name}") for name in ("offset", "digests")}
    form = BlocksForm(headers)
    require(form.is_valid(), BlockHasWrongLength)
    # Not `body`, which takes no more than a form may have.
    data = request.read(MOST_AT_ONCE * BLOCK + 1)
    transfer = verbs.take_blocks(_transfer(session, pk), data=data, by=me, **form.cleaned_data)
    return JsonResponse({"received": transfer.received})


def _step(request, page, session, me, pk, step):
    if step not in STEPS:
        raise Http404
    transfer = STEPS[step](request, session, _transfer(session, pk), me)
    facts = {"file": transfer.pk, "state": transfer.state, "way": transfer.way, "received": transfer.received}
    return changed(request, page, session.key, **facts)


def _start(request, session, transfer, me):
    form = WayForm(request.POST)
    require(form.is_valid(), FileOver)
    return verbs.start_file(session, transfer, way=form.cleaned_data["way"], by=me)


def _stop(request, session, transfer, me):
    return verbs.stop_transfer(session, transfer, failure=request.POST.get("failure", ""), by=me)


def _pause(request, session, transfer, me):
    return verbs.pause_file(session, transfer, by=me)


def _resume(request, session, transfer, me):
    return verbs.resume_file(session, transfer, by=me)


def _sent(request, session, transfer, me):
    return verbs.report_sent(session, transfer, digest=_digest(request), by=me)


def _received(request, session, transfer, me):
    return verbs.report_received(session, transfer, digest=_digest(request), by=me)


STEPS = {"start": _start, "pause": _pause, "resume": _resume, "sent": _sent, "received": _received, "stop": _stop}


def _digest(request):
    form = DigestForm(request.POST)
    require(form.is_valid(), FileOver)
    return form.cleaned_data["digest"]


def _activity(session, pk):
    activity = session.activities.filter(pk=pk).first()
    if activity is None:
        raise Http404
    return activity


def _transfer(session, pk):
    transfer = session.file_transfers.filter(pk=pk).first()
    if transfer is None:
        raise Http404
    return transfer


def _on_record(request, key, pk):
    session = get_object_or_404(SupportSession, key=key)
    if not may_read_record(request.user, session):
        raise Http404
    return _kept(session, pk)


def _shown_to(me, session, pk):
    """Everybody who was let into a session sees its files in the chat."""
    require(me.is_admitted, NotAdmitted)
    return _kept(session, pk)


def _kept(session, pk):
    transfer = _transfer(session, pk)
    if transfer.state != FileTransfer.State.DONE or not transfer.file:
        raise Http404
    return transfer
