"""The Invite panel's region, and what its buttons do."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from limits import RateLimitItemPerMinute

from invitations.actions.correct import correct_address
from invitations.actions.invite import invite_by_email, invite_by_own_program
from invitations.actions.join_link import renew_join_link, switch_join_link
from invitations.actions.resend import resend_invitation
from invitations.actions.revoke import revoke_invitation
from invitations.errors import InvitationRefused, NoSuchInvitation
from invitations.forms import AddressForm, InvitationForm
from invitations.mail.messages import mailto_url
from invitations.mail.wording import wording_of
from invitations.models import Invitation
from invitations.queries.colleagues import colleagues as find_colleagues
from invitations.queries.panel import codes, sent_and_drafted
from invitations.rules.links import invitation_link, join_link
from sessions_app.errors import NotInControl, SessionHasEnded, TooFast
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_invite
from sessions_app.views.access import csr_required
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from supportcenter.responses import changed

# Of one representative: faster than anyone types.
SUGGESTIONS = RateLimitItemPerMinute(240, namespace="colleagues")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@csr_required
def invitations(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """GET: the region below the panel. POST: one more invitation."""
    if request.method == "POST":
        return _invite(request, session, me)
    require(may_invite(me, session), NotInControl)
    return render(request, "invitations/panel/_list.html", sent_and_drafted(session, by=me))


@require_POST
@csr_required
def resend(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    return _answer(request, resend_invitation(session, _invitation(session, pk), by=me))


@require_POST
@csr_required
def correct(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        raise InvitationRefused(_first_error(form), fields=form.errors.get_json_data())
    corrected = correct_address(session, _invitation(session, pk), email=form.cleaned_data["email"], by=me)
    return _answer(request, corrected)


@require_POST
@csr_required
def revoke(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    return _answer(request, revoke_invitation(session, _invitation(session, pk), by=me))


@require_POST
@csr_required
def renew_link(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    session = renew_join_link(session, by=me)
    return changed(request, me, join_link=join_link(session))


@never_cache
@require_safe
@csr_required
def join_code(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """The join links as QR codes: fetched when they are wanted, since making them takes a while."""
    return render(request, "invitations/panel/_code.html", _codes(session, me))


@never_cache
@require_safe
@csr_required
def join_ways(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """The link and its code beside the number, while the stage waits for the customer."""
    return render(request, "invitations/room/_ways.html", _codes(session, me))


@never_cache
@require_safe
@csr_required
def join_sheet(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """The code, the address and the number on a page to print, in every language of the site."""
    is_for_csr = request.GET.get("recipient") == Participant.Kind.CSR
    return render(request, "invitations/sheet.html", {"is_for_csr": is_for_csr, **_codes(session, me)})


@never_cache
@require_safe
@csr_required
def colleagues(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """Those who can be asked to assist, while a name or an address is typed."""
    _require_open(session, me)
    require(rate_limiter().hit(SUGGESTIONS, str(me.user_id)), TooFast, retry_after=60)
    found_so_far = find_colleagues(session, request.GET.get("q", ""), by=me)
    return render(request, "invitations/panel/_colleagues.html", {"session": session, "colleagues": found_so_far})


@require_POST
@csr_required
def switch_link(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    session = switch_join_link(session, on=request.POST.get("on") == "yes", by=me)
    return changed(request, me, on=not session.link_is_off)


def _invite(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    form = InvitationForm(request.POST)
    if not form.is_valid():
        raise InvitationRefused(_first_error(form), fields=form.errors.get_json_data())
    asked = dict(form.cleaned_data)
    invite = invite_by_own_program if asked.pop("own_program") else invite_by_email
    return _answer(request, invite(session, by=me, **asked), status=201)


def _codes(session: SupportSession, me: Participant) -> dict[str, Any]:
    _require_open(session, me)
    return codes(session)


def _require_open(session: SupportSession, me: Participant) -> None:
    require(session.is_open, SessionHasEnded)
    require(may_invite(me, session), NotInControl)


def _answer(request: HttpRequest, invitation: Invitation, *, status: int = 200) -> HttpResponse:
    facts = {"invitation": invitation.pk, "state": invitation.state, "link": invitation_link(invitation)}
    if not invitation.is_by_site:
        facts["mailto"] = mailto_url(wording_of(invitation), invitation.email)
    return changed(request, "dashboard", invitation.session.key, status=status, **facts)


def _invitation(session: SupportSession, pk: int) -> Invitation:
    return found(session.invitations.select_related("delivery").filter(pk=pk).first(), NoSuchInvitation)


def _first_error(form: Form) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
