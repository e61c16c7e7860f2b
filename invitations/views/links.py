"""Where the links of invitations lead.

A GET changes nothing, because mail scanners open links; a POST joins (E38).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from invitations.actions.accept import accept_as_csr, accept_invitation, note_opened, require_usable
from invitations.errors import LinkUnknown
from invitations.models import Invitation
from invitations.rules.links import require_link, session_of_join_token
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.errors import NameTaken, NoRoom, NotACsr, SessionHasEnded, TooManyAttempts
from sessions_app.forms.entry import PersonForm
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_assist
from sessions_app.rules.seats import SEAT, customer_with_seat, seat_in_family
from sessions_app.views.entry import NO_ROOM, seat_from, waits_for_room
from supportcenter.accounts.models import User
from supportcenter.one_press import secret_of_press
from supportcenter.refusals import require
from supportcenter.refusals.answers import answer_refusal
from supportcenter.refusals.found import found
from supportcenter.responses import render_form

PAGE = "invitations/links/open.html"
# A representative who has opened a customer's link has said what they want with it.
AS_A_CSR, AS_A_CUSTOMER = "as_csr", "as_customer"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A personal invitation: a customer's leads to a seat, a CSR's by way of signing in to assisting (E39)."""
    invitation = _invitation(token)
    _speak(request, invitation.language)
    require_usable(invitation)
    if invitation.is_for_csr:
        session = invitation.session
        return _csr_page(request, session, lambda by: accept_as_csr(invitation, by=by), invitation=invitation)
    if _comes_as_a_csr(request):
        return _csr_page(
            request, invitation.target_session, lambda by: assist_session(invitation.target_session, by=by)
        )
    if _is_a_csr_who_looks(request):
        return _which_page(request, invitation.target_session)
    return _keep_language(request, _customer_page(request, invitation))


@require_POST
def invitation_opened(request: HttpRequest, token: str) -> HttpResponse:
    """The page's script says that a person is looking at it. Without scripts, joining says as much."""
    note_opened(_invitation(token))
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The session's link, for any number of people up to the maximum."""
    session, recipient = found(session_of_join_token(token), LinkUnknown)
    require(session.is_open, SessionHasEnded)
    if recipient == Participant.Kind.CSR:
        return _csr_page(request, session, lambda by: assist_session(session, by=by))
    if _comes_as_a_csr(request):
        return _csr_page(request, session, lambda by: assist_session(session, by=by))
    if _is_a_csr_who_looks(request):
        return _which_page(request, session)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            by_link = {"came_by": Participant.CameBy.LINK, "may_come": partial(require_link, token=token)}
            return seat_from(request, session, form, **by_link)
        except NameTaken as refusal:
            form.add_error("name", refusal.message)
        except (NoRoom, TooManyAttempts) as refusal:
            if not waits_for_room(request, refusal):
                raise
            return answer_refusal(request, refusal, page=NO_ROOM, form=form)
    return _form_page(request, session, form)


def _customer_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    seated = invitation.participant if invitation.participant and invitation.participant.is_present else None
    here = seated if seated and _sits_here(request, seated) else _seat_elsewhere(request, invitation)
    if here:
        return redirect(here)
    # Empty: the link may have gone on to somebody else, and an address counts only as they type it (E67).
    form = PersonForm(request.POST or None)
    if request.method == "POST" and (seated or form.is_valid()):
        try:
            return _take_seat(request, invitation, form)
        except NameTaken as refusal:
            form.add_error("name", refusal.message)
        except NoRoom as refusal:
            return answer_refusal(request, refusal, page=NO_ROOM, form=form)
    return _form_page(request, invitation.session, form, invitation=invitation, seated=seated)


def _seat_elsewhere(request: HttpRequest, invitation: Invitation) -> Participant | None:
    return seat_in_family(request, invitation.session, invited_at=invitation.created_at)


def _take_seat(request: HttpRequest, invitation: Invitation, form: PersonForm) -> HttpResponse:
    person = form.cleaned_data if form.is_valid() else {}
    customer, seat = accept_invitation(
        invitation,
        name=person.get("name", ""),
        email=person.get("email", ""),
        language=translation.get_language(),
        seat=secret_of_press(request, "invitation", invitation.pk),
    )
    return SEAT.give(redirect(customer), customer.session.key, seat)


def _csr_page(
    request: HttpRequest, session: SupportSession, assist: Callable[[User], object], **more: Any
) -> HttpResponse:
    user = request.user
    if not user.is_authenticated:
        return _page(request, session, sign_in=True, **more)
    require(may_assist(user), NotACsr)
    if request.method == "POST":
        assist(user)
        return redirect("dashboard", session.key)
    return _page(request, session, **more)


def _comes_as_a_csr(request: HttpRequest) -> bool:
    return request.method == "POST" and AS_A_CSR in request.POST


def _is_a_csr_who_looks(request: HttpRequest) -> bool:
    """A representative who is signed in here, and has not said yet that they come as a customer (E39)."""
    user = request.user
    return request.method != "POST" and user.is_authenticated and may_assist(user) and AS_A_CUSTOMER not in request.GET


def _which_page(request: HttpRequest, session: SupportSession) -> HttpResponse:
    """Ask what is meant: it is a customer's link, and they may have wanted to try it, to assist, or to pass it on."""
    is_inside = session.participants.present().filter(user=request.user.pk).exists()
    return _page(request, session, which=True, is_inside=is_inside)


def _form_page(request: HttpRequest, session: SupportSession, form: PersonForm, **more: Any) -> HttpResponse:
    return render_form(request, PAGE, form, **_context(session, **more))


def _page(request: HttpRequest, session: SupportSession, **more: Any) -> HttpResponse:
    return render(request, PAGE, _context(session, **more))


def _context(session: SupportSession, *, invitation: Invitation | None = None, **more: Any) -> dict[str, Any]:
    """The representative whom the person invited will meet is the one in control now."""
    inviter = session.primary or (invitation and invitation.invited_by)
    return {"session": session, "invitation": invitation, "inviter": inviter, **more}


def _invitation(token: str) -> Invitation:
    invitations = Invitation.objects.with_token(token)
    return found(
        invitations.select_related("session__primary", "invited_by", "participant__session").first(), LinkUnknown
    )


def _sits_here(request: HttpRequest, participant: Participant) -> bool:
    key = participant.session.key
    return customer_with_seat(key, SEAT.secret(request, key)) == participant


def _speak(request: HttpRequest, language: str) -> None:
    """The page speaks the language that the invitation did, unless this visitor has chosen one (E39)."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = language


def _keep_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """… and the pages that follow it keep to that language."""
    if request.method == "POST" and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, translation.get_language(), samesite="Lax", secure=settings.SECURE_SITE
        )
    return response
