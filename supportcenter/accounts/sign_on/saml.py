"""SAML, on allauth's provider and python3-saml: what is asked of a provider, and what of its answers is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from requests.exceptions import InvalidURL

from supportcenter.accounts.sign_on.fetching import is_safe, kept
from supportcenter.accounts.sign_on.identity import identity_of_attributes
from supportcenter.whole_addresses import whole_address

if TYPE_CHECKING:
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

SUBJECT_IDS = [
    "urn:oasis:names:tc:SAML:attribute:subject-id",
    "urn:oasis:names:tc:SAML:attribute:pairwise-id",
]
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
MAIL_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-"
# Seconds for which metadata are taken from memory.
FRESH = 4 * 3600.0


@dataclass(frozen=True)
class Assertion:
    """What a signed answer says, as allauth's provider reads it and a sign-in keeps it for a moment."""

    issuer: str
    name_id: str
    name_id_format: str
    session_index: str
    in_response_to: str
    authenticated_at: float | None
    attributes: dict[str, list[str]]

    def get_attributes(self) -> dict[str, list[str]]:
        return self.attributes

    def get_nameid(self) -> str:
        return self.name_id

    def get_nameid_format(self) -> str:
        return self.name_id_format

    @property
    def subject(self) -> str:
        """What names the same person at each sign-in; empty if nothing does."""
        named = next((self.attributes[name][0] for name in SUBJECT_IDS if self.attributes.get(name)), "")
        return named or ("" if self.name_id_format == TRANSIENT else self.name_id)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Saml(SAMLProvider):
    def sociallogin_from_response(self, request: HttpRequest, response: Assertion) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        sign_in = {
            "sid": response.session_index,
            "name_id": response.name_id,
            "name_id_format": response.name_id_format,
        }
        attributes: dict[str, Any] = dict(response.attributes)
        if response.name_id_format == MAIL_FORMAT:
            attributes.setdefault("email", [response.name_id])
        login.identity = identity_of_attributes(
            response.issuer, response.subject, attributes, sign_in, at=response.authenticated_at
        )
        login.account.provider = login.identity.issuer
        return login

    def extract_uid(self, data: Assertion) -> str:
        return data.subject

    def extract_extra_data(self, data: Assertion) -> dict[str, Any]:
        """What the provider says is used, and not kept."""
        return {}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **more: Any
    ) -> HttpResponseRedirect:
        """To the provider; with `force`, which has the person show again who they are."""
        auth = auth_of(request)
        address = auth.login(return_to="", force_authn=more.pop("force", False))
        self.stash_redirect_state(request, process, next_url, data, state_id=auth.get_last_request_id(), **more)
        return HttpResponseRedirect(address)


def metadata(*, fresh: float = FRESH) -> Mapping[str, Any]:
    """What the provider's metadata say of it, as python3-saml has it. Raises requests.RequestException."""
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    text = settings.SAML_METADATA or kept.get(settings.SAML_METADATA_URL, fresh=fresh).text
    try:
        found = OneLogin_Saml2_IdPMetadataParser.parse(text, entity_id=settings.SAML_ENTITY_ID or None)["idp"]
        entry = found["singleSignOnService"]["url"]
        is_whole = bool(found["entityId"] and (found.get("x509cert") or found.get("x509certMulti")))
    except Exception as error:
        raise InvalidURL(f"The provider's metadata cannot be read: {type(error).__name__}") from error
    if not is_whole or not is_safe(entry):
        raise InvalidURL("The provider's metadata name no certificate, or no address with TLS to sign in at")
    return {**found, "entityId": found["entityId"][:200]}


def certificates() -> list[str]:
    """Those that the provider signs with, in base64. Raises requests.RequestException."""
    found = metadata()
    several = found.get("x509certMulti", {}).get("signing", [])
    return [*several] or [found["x509cert"]]


def auth_of(request: HttpRequest, *, signed_messages: bool = False, fresh: float = FRESH) -> OneLogin_Saml2_Auth:
    """`signed_messages`: the message itself has to be signed, as those of signing out are. Raises RequestException."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

    asked = {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": request.path,
        "get_data": request.GET.dict(),
        "post_data": request.POST.dict(),
        # Signatures are of the query as it was written.
        "query_string": request.META.get("QUERY_STRING", ""),
        "validate_signature_from_qs": True,
    }
    return OneLogin_Saml2_Auth(asked, configuration(request, signed_messages, fresh))


def configuration(request: HttpRequest, signed_messages: bool, fresh: float) -> dict[str, Any]:
    return {
        "strict": True,
        "idp": metadata(fresh=fresh),
        "sp": own_part(request),
        "security": {
            "authnRequestsSigned": bool(settings.SAML_KEY),
            "logoutRequestSigned": bool(settings.SAML_KEY),
            "logoutResponseSigned": bool(settings.SAML_KEY),
            # Of an answer, either it or its assertion has to be signed: providers differ in which.
            "wantMessagesSigned": signed_messages,
            "wantNameId": True,
            "wantAttributeStatement": False,
            "requestedAuthnContext": False,
            "allowRepeatAttributeName": True,
            "rejectDeprecatedAlgorithm": True,
            "allowSingleLabelDomains": True,
        },
    }


def own_part(request: HttpRequest) -> dict[str, Any]:
    part = {
        "entityId": whole_address("sign_on_metadata"),
        "assertionConsumerService": {
            "url": request.build_absolute_uri(reverse("sign_on_assertion")),
            "binding": f"{BINDING}POST",
        },
        "singleLogoutService": {
            "url": request.build_absolute_uri(reverse("sign_on_saml_logout")),
            "binding": f"{BINDING}Redirect",
        },
        "NameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    }
    if settings.SAML_KEY:
        part |= {"x509cert": settings.SAML_CERTIFICATE, "privateKey": settings.SAML_KEY}
    return part


def assertion_in(request: HttpRequest) -> Assertion:
    """What the answer in this request says, once its signature, its time and whom it is for have been looked at.

    Raises ValueError, which says why it is not believed, and RequestException.
    """
    auth = auth_of(request)
    try:
        # Which question it answers is looked at where the browser's session is known.
        auth.process_response(request_id=None)
    except Exception as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    if auth.get_errors() or not auth.is_authenticated():
        raise ValueError(auth.get_last_error_reason() or "it is no sign-in")
    attributes = {**auth.get_friendlyname_attributes(), **auth.get_attributes()}
    return Assertion(
        issuer=metadata()["entityId"],
        name_id=auth.get_nameid() or "",
        name_id_format=auth.get_nameid_format() or "",
        session_index=auth.get_session_index() or "",
        in_response_to=auth.get_last_response_in_response_to() or "",
        authenticated_at=_instant(auth),
        attributes={name: [each for each in values if isinstance(each, str)] for name, values in attributes.items()},
    )


def _instant(auth: OneLogin_Saml2_Auth) -> float | None:
    """When the person has shown who they are, says the answer that was looked at just now."""
    from onelogin.saml2.utils import OneLogin_Saml2_XML

    said = OneLogin_Saml2_XML.query(
        OneLogin_Saml2_XML.to_etree(auth.get_last_response_xml()), "//saml:AuthnStatement/@AuthnInstant"
    )
    try:
        return datetime.fromisoformat(str(said[0])).timestamp() if said else None
    except ValueError:
        return None
