"""What a SAML provider and this site say to each other by way of the browser."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from supportcenter.accounts.session_store import SessionStore
from supportcenter.accounts.sign_on.adapter import refuse
from supportcenter.accounts.sign_on.offers import SAML
from supportcenter.accounts.sign_on.saml import Assertion, assertion_in, auth_of, own_part
from supportcenter.accounts.sign_on.sign_ins import end_sign_ins
from supportcenter.accounts.sign_on.views.ways import offer_or_404, unless_away
from supportcenter.handling import waits_for_others
from supportcenter.mounting import cookie_name

# Where an answer waits for the browser to come back with its own cookies, and for how many seconds.
WAITING, WAITS = cookie_name("saml_answer", settings.MOUNT), 120


@never_cache
@waits_for_others
@csrf_exempt
@require_POST
def assertion(request: HttpRequest) -> HttpResponse:
    """The provider's page posts its answer, without this site's cookies (SameSite=Lax).

    So an answer that is genuine is kept for a moment, and the browser comes for it with all its cookies. Of any other
    nothing is kept.
    """
    offer_or_404(SAML)
    return unless_away(lambda: _kept(request, _believed(request)))


def _believed(request: HttpRequest) -> Assertion:
    try:
        found = assertion_in(request)
        if not found.subject or len(found.subject) > 191:
            raise ValueError("nothing in it names the same person at each sign-in")
    except ValueError as error:
        refuse(request, str(error)[:200])
    return found


def _kept(request: HttpRequest, found: Assertion) -> HttpResponse:
    store = SessionStore()
    store["assertion"] = found.as_dict()
    store.set_expiry(WAITS)
    store.create()
    response = redirect("sign_on_finish")
    key = str(store.session_key)
    response.set_cookie(WAITING, key, max_age=WAITS, secure=settings.SECURE_SITE, httponly=True, samesite="Lax")
    return response


@never_cache
@waits_for_others
@require_safe
def finish(request: HttpRequest) -> HttpResponse:
    """The same browser, which has asked for exactly this answer."""
    offer_or_404(SAML)
    store = SessionStore(request.COOKIES.get(WAITING))
    said = store.get("assertion")
    store.delete()
    if said is None:
        refuse(request, "no answer waits")
    found = Assertion(**said)
    provider: SAMLProvider = get_adapter(request).get_provider(request, SAML)
    login = provider.sociallogin_from_response(request, found)
    try:
        login.state = provider.unstash_redirect_state(request, found.in_response_to)
    except PermissionDenied:
        refuse(request, "this browser has not asked")
    response: HttpResponse = complete_social_login(request, login)
    response.delete_cookie(WAITING, samesite="Lax")
    return response


@never_cache
@waits_for_others
@require_safe
def logout(request: HttpRequest) -> HttpResponse:
    """Single logout: the provider has a sign-in ended, or answers that it has ended its own."""
    offer_or_404(SAML)
    return unless_away(lambda: _logged_out(request)) if "SAMLRequest" in request.GET else redirect("home")


def _logged_out(request: HttpRequest) -> HttpResponse:
    from onelogin.saml2.logout_request import OneLogin_Saml2_Logout_Request

    auth = auth_of(request, signed_messages=True)
    try:
        answer = auth.process_slo(keep_local_session=True)
        if auth.get_errors():
            raise ValueError(auth.get_last_error_reason() or ", ".join(auth.get_errors()))
        asked = auth.get_last_request_xml()
        name = OneLogin_Saml2_Logout_Request.get_nameid(asked, settings.SAML_KEY or None)
        sids = OneLogin_Saml2_Logout_Request.get_session_indexes(asked)
    except Exception as error:
        refuse(request, f"{type(error).__name__}: {error}"[:200])
    end_sign_ins(issuer=auth.get_settings().get_idp_data()["entityId"], subject=name, sids=sids)
    return redirect(answer)


@waits_for_others
@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """What the provider is given to know this site by; it tells nothing of the provider."""
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    offer_or_404(SAML)
    own = {"strict": True, "sp": own_part(request), "security": {"allowSingleLabelDomains": True}}
    text = OneLogin_Saml2_Settings(own, sp_validation_only=True).get_sp_metadata()
    return HttpResponse(text, content_type="application/samlmetadata+xml")
