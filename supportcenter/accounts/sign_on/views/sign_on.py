"""To a provider and back: the button of the sign-in page, and OpenID Connect's answer."""

import secrets

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from limits import RateLimitItemPerMinute

from supportcenter.accounts.errors import TooManySignOns
from supportcenter.accounts.rate_limits import client_key, rate_limiter
from supportcenter.accounts.sign_on.again import AGAIN
from supportcenter.accounts.sign_on.offers import OIDC, Offer
from supportcenter.accounts.sign_on.openid import OpenIdAdapter
from supportcenter.accounts.sign_on.sign_ins import sign_on_of
from supportcenter.accounts.sign_on.views.ways import offer_or_404, on_the_way, unless_away
from supportcenter.handling import waits_for_others
from supportcenter.refusals import require

# Of one address, behind which an office may be. Seconds that a stranger's session is kept for the answer.
STARTS, WAITS = RateLimitItemPerMinute(600, namespace="sign_ons"), 900


@never_cache
@waits_for_others
@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    chosen = offer_or_404(key)
    require(rate_limiter().hit(STARTS, client_key(request)), TooManySignOns)
    if not request.user.is_authenticated:
        request.session.set_expiry(WAITS)
    return _to_the_provider(request, chosen)


@never_cache
@waits_for_others
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def again(request: HttpRequest) -> HttpResponse:
    """The person shows at the provider that it is still them."""
    held = sign_on_of(request)
    if held is None:
        raise Http404
    chosen = offer_or_404(held["provider"])
    if request.method != "POST":
        return render(request, "account/sign_on_again.html", {"chosen": chosen, "next": get_next_redirect_url(request)})
    return _to_the_provider(request, chosen, again=True)


@never_cache
@waits_for_others
@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    offer_or_404(OIDC)
    view = OAuth2CallbackView.adapter_view(OpenIdAdapter(request, OIDC))
    return unless_away(lambda: view(request))


def _to_the_provider(request: HttpRequest, chosen: Offer, *, again: bool = False) -> HttpResponse:
    provider = get_adapter(request).get_provider(request, chosen.key)
    more = _openid_asks(again=again) if chosen.key == OIDC else {"force": again}
    data = AGAIN if again else None
    answer = unless_away(
        lambda: provider.redirect(
            request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request), data=data, **more
        )
    )
    return on_the_way(request, chosen.name, answer["Location"])


def _openid_asks(*, again: bool) -> dict[str, object]:
    nonce = secrets.token_urlsafe(24)
    asked = {"nonce": nonce} | ({"prompt": "login", "max_age": "0"} if again else {})
    return {"auth_params": asked, "nonce": nonce}
