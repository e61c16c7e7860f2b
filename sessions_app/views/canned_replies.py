"""Canned replies: all that a representative has in a session, for its page; and the page of their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions_app.actions.canned_replies import delete_reply, save_reply
from sessions_app.errors import NotACsr, ReplyRefused
from sessions_app.forms.canned_replies import ReplyForm
from sessions_app.models import CannedReply, Participant, SupportSession
from sessions_app.models.canned_reply import MOST
from sessions_app.queries.canned_replies import RepliesInSession, own_replies
from sessions_app.rules.permissions import may_have_replies
from sessions_app.views.access import csr_required, presence_required
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.compression import compress_if_taken
from supportcenter.handling import reads_much
from supportcenter.refusals import require
from supportcenter.responses import changed, render_form, wants_json
from supportcenter.text.whole_numbers import whole_number

REPLIES = 50
LONGEST_SEARCH = 80
# Arabic letters as two bytes instead of six, and no blanks.
COMPACT = {"ensure_ascii": False, "separators": (",", ":")}


@never_cache
@require_safe
@reads_much
@csr_required
@presence_required
def replies_in_session(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponseBase:
    """All at once, since the page searches them at every key; 304 if it has them. Nothing of the request is in it."""
    replies = RepliesInSession(session, me.account)
    etag = f'"{replies.version}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    response = JsonResponse({"version": replies.version, **replies.as_json()}, json_dumps_params=COMPACT)
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    compress_if_taken(request, response)
    return response


@never_cache
@require_safe
@login_required
def replies(request: SignedInRequest) -> HttpResponse:
    require(may_have_replies(request.user), NotACsr)
    asked = request.GET.get("text", "")[:LONGEST_SEARCH]
    found = own_replies(request.user, asked)
    page = Paginator(found, REPLIES).get_page(whole_number(request.GET.get("page", "")) or 1)
    return render(request, "sessions_app/replies/replies.html", {"page": page, "asked": asked, "most": MOST})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    return _save(request, CannedReply(owner=request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    require(may_have_replies(request.user), NotACsr)
    return _save(request, get_object_or_404(CannedReply.objects.of(request.user), pk=pk))


@require_POST
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    require(may_have_replies(request.user), NotACsr)
    delete_reply(get_object_or_404(CannedReply.objects.of(request.user), pk=pk), by=request.user)
    messages.success(request, gettext("The reply is deleted."))
    return redirect("replies")


def _save(request: SignedInRequest, reply: CannedReply) -> HttpResponse:
    """A page for a person; for a console that saves what stands in its message box, an answer of facts."""
    require(may_have_replies(request.user), NotACsr)
    form = ReplyForm(request.POST if request.method == "POST" else None, instance=reply)
    if not form.is_valid():
        if request.method == "POST" and wants_json(request):
            raise ReplyRefused(next(str(error) for errors in form.errors.values() for error in errors))
        return render_form(request, "sessions_app/replies/reply.html", form, reply=reply)
    saved = save_reply(form.instance, by=request.user)
    if not wants_json(request):
        messages.success(request, gettext("The reply is saved."))
    return changed(request, "replies", reply=saved.pk)
