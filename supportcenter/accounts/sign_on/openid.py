"""OpenID Connect, on allauth's provider: with a nonce, PKCE, and a look at the signature."""

from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest
from django.urls import reverse

from supportcenter.accounts.sign_on.fetching import discovery
from supportcenter.accounts.sign_on.identity import LONGEST_SUBJECT, identity_of_claims
from supportcenter.accounts.sign_on.tokens import LONGEST, read_id_token


class OpenIdAdapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        return discovery()

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        url: str = build_absolute_uri(request, reverse("sign_on_callback"))
        return url

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **more: Any) -> SocialLogin:
        """The person whom the token names, with what the provider says of them besides. Raises OAuth2Error."""
        signed = more["response"].get("id_token")
        if not isinstance(signed, str):
            raise OAuth2Error("There is no token of who has signed in")
        claims = read_id_token(signed)
        if "userinfo_endpoint" in self.openid_config:
            told = self._fetch_user_info(token.token)
            if not isinstance(told, dict) or told.get("sub") != claims["sub"]:
                raise OAuth2Error("The provider tells of somebody else")
            claims = {**told, **claims}
        if not 0 < len(str(claims["sub"])) <= LONGEST_SUBJECT:
            raise OAuth2Error("The subject is too long")
        return self.get_provider().sociallogin_from_response(request, {**claims, "signed": signed})


class OpenId(OpenIDConnectProvider):
    oauth2_adapter_class = OpenIdAdapter
    pkce_enabled_default = True

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        signed = response["signed"]
        sign_in = {"sid": str(response.get("sid", "")), "hint": signed if len(signed) <= LONGEST else ""}
        login.identity = identity_of_claims(response, sign_in)
        login.account.provider = login.identity.issuer
        return login

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the provider says is used, and not kept."""
        return {}
