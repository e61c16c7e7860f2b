"""The end of a sign-in: here and at the provider, and because the provider says so (back-channel)."""

from urllib.parse import urlencode

import requests
from allauth.account.views import logout
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from supportcenter import security_log
from supportcenter.accounts.errors import ProviderAway
from supportcenter.accounts.sign_on.fetching import USABLE, discovery, is_safe
from supportcenter.accounts.sign_on.offers import OIDC, offer
from supportcenter.accounts.sign_on.saml import auth_of
from supportcenter.accounts.sign_on.sign_ins import end_sign_ins, sign_on_of
from supportcenter.accounts.sign_on.tokens import TokenRefused, read_logout_token
from supportcenter.accounts.sign_on.views.ways import offer_or_404, on_the_way
from supportcenter.client_address import client_address
from supportcenter.handling import waits_for_others
from supportcenter.refusals.answers import answer_refusal


def sign_out(request: HttpRequest) -> HttpResponse:
    """Here at once; then at the provider, if the person came by one that ends sign-ins, too."""
    held = sign_on_of(request) if request.method == "POST" else None
    response: HttpResponse = logout(request)
    there = offer(held["provider"]) if held else None
    address = _where_it_ends(request, held) if held and there else ""
    return on_the_way(request, there.name, address) if there and address else response


def _where_it_ends(request: HttpRequest, held: dict[str, str]) -> str:
    """The provider's address to sign out at; empty if it has none, or does not answer.

    Signing out waits in no line, so what is in memory does.
    """
    try:
        address = _of_openid(request, held) if held["provider"] == OIDC else _of_saml(request, held)
    except requests.RequestException:
        return ""
    return address if is_safe(address) else ""


def _of_openid(request: HttpRequest, held: dict[str, str]) -> str:
    end = str(discovery(fresh=USABLE).get("end_session_endpoint") or "")
    home = request.build_absolute_uri(reverse("home"))
    asked = {"client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": home}
    if held["hint"]:
        asked["id_token_hint"] = held["hint"]
    return f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}" if end else ""


def _of_saml(request: HttpRequest, held: dict[str, str]) -> str:
    auth = auth_of(request, fresh=USABLE)
    if not auth.get_slo_url():
        return ""
    address: str = auth.logout(
        return_to=request.build_absolute_uri(reverse("home")),
        name_id=held["name_id"],
        name_id_format=held["name_id_format"] or None,
        session_index=held["sid"] or None,
    )
    return address


@never_cache
@waits_for_others
@csrf_exempt
@require_POST
def back_channel(request: HttpRequest) -> HttpResponse:
    """OpenID Connect Back-Channel Logout 1.0: the provider itself says that a person has signed out."""
    offer_or_404(OIDC)
    try:
        claims = read_logout_token(request.POST.get("logout_token", ""))
    except TokenRefused as refusal:
        security_log.warn("logout_token_refused", address=client_address(request), why=str(refusal)[:200])
        return JsonResponse({"error": "invalid_request"}, status=400)
    except requests.RequestException:
        return answer_refusal(request, ProviderAway())
    sids = [claims["sid"]] if claims.get("sid") else []
    end_sign_ins(issuer=claims["iss"], subject=claims.get("sub", ""), sids=sids)
    return HttpResponse(status=200)
