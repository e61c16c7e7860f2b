"""Answers of a SAML provider for tests, right or wrong in one respect, signed by python3-saml's own hand."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from onelogin.saml2.utils import OneLogin_Saml2_Utils

from tests.identity_providers import key_and_certificate

IDP = "https://login.example.org/metadata"
SITE = "http://testserver/accounts/sign-on/saml"
ENTITY = "http://127.0.0.1:8000/accounts/sign-on/saml/metadata/"
KEY, CERTIFICATE = key_and_certificate()
ANOTHER_KEY, ANOTHER_CERTIFICATE = key_and_certificate()
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


def body(certificate):
    return "".join(line for line in certificate.splitlines() if "CERTIFICATE" not in line)


def metadata(certificate=CERTIFICATE, entry="https://login.example.org/sso"):
    redirect = 'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"'
    return f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{IDP}">
      <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>
          {body(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
        <SingleLogoutService {redirect} Location="https://login.example.org/logout"/>
        <SingleSignOnService {redirect} Location="{entry}"/>
      </IDPSSODescriptor></EntityDescriptor>"""


def asked_of(address):
    """The identifier of the question with which a browser comes to the provider."""
    request = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    xml = OneLogin_Saml2_Utils.decode_base64_and_inflate(request).decode()
    return xml.partition('ID="')[2].partition('"')[0], xml


def stamp(minutes=0):
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def response(
    asked,
    *,
    name="n1",
    name_format=PERSISTENT,
    attributes=None,
    audience=ENTITY,
    issuer=IDP,
    ends=5,
    begins=-5,
    shown=0,
    recipient=f"{SITE}/acs/",
    key=KEY,
    certificate=CERTIFICATE,
    signed=True,
    status="Success",
):
    """As the browser posts it."""
    said = "".join(
        f'<saml:Attribute Name="{each}">'
        + "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
        + "</saml:Attribute>"
        for each, values in (attributes or {"uid": ["ada"]}).items()
    )
    assertion = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0"
      IssueInstant="{stamp()}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>
      <saml:NameID Format="{name_format}">{name}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
        NotOnOrAfter="{stamp(ends)}" Recipient="{recipient}" InResponseTo="{asked}"/></saml:SubjectConfirmation>
      </saml:Subject>
      <saml:Conditions NotBefore="{stamp(begins)}" NotOnOrAfter="{stamp(ends)}">
      <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
      <saml:AuthnStatement AuthnInstant="{stamp(shown)}" SessionIndex="session-1"><saml:AuthnContext>
      <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
      </saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{said}</saml:AttributeStatement>
      </saml:Assertion>"""
    if signed:
        assertion = OneLogin_Saml2_Utils.add_sign(assertion, key, certificate, sign_algorithm=RSA).decode()
    xml = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
      xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="{stamp()}"
      Destination="{recipient}" InResponseTo="{asked}"><saml:Issuer>{issuer}</saml:Issuer><samlp:Status>
      <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></samlp:Status>{assertion}
      </samlp:Response>"""
    return {"SAMLResponse": base64.b64encode(xml.encode()).decode()}


def logout_request(*, name="n1", sid="session-1", key=KEY, signed=True):
    """The query with which the provider has a sign-in ended by way of the browser."""
    xml = f"""<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
      xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_l" Version="2.0" IssueInstant="{stamp()}"
      NotOnOrAfter="{stamp(5)}" Destination="{SITE}/logout/"><saml:Issuer>{IDP}</saml:Issuer>
      <saml:NameID Format="{PERSISTENT}">{name}</saml:NameID><samlp:SessionIndex>{sid}</samlp:SessionIndex>
      </samlp:LogoutRequest>"""
    query = f"SAMLRequest={OneLogin_Saml2_Utils.escape_url(OneLogin_Saml2_Utils.deflate_and_base64_encode(xml))}"
    if not signed:
        return query
    query += f"&SigAlg={OneLogin_Saml2_Utils.escape_url(RSA)}"
    signature = base64.b64encode(OneLogin_Saml2_Utils.sign_binary(query, key, algorithm=_rsa_sha256()))
    return f"{query}&Signature={OneLogin_Saml2_Utils.escape_url(signature.decode())}"


def _rsa_sha256():
    import xmlsec

    return xmlsec.Transform.RSA_SHA256
