"""What `manage.py doctor` says about what lies between the site and people: mail, the proxy, the public address."""

import base64
import http.client
import secrets
import smtplib
import ssl
from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, gettext_noop

from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.forwarded import last_seen
from supportcenter.mail.replies import reply_of
from supportcenter.mail_providers import PROVIDERS
from supportcenter.no_mail_server import NoMailServerError
from supportcenter.relay_probe import certificate_fault
from supportcenter.serving import probe
from supportcenter.serving.health_endpoints import LIVE

# Seconds for an answer of the site's own address.
PATIENCE = 10
# Bytes.
MOST = 4096
# Of a session that there is not.
SOCKET = "ws/support/doctor/"


@health_check(gettext_noop("settings"))
def names() -> Iterator[Finding]:
    for name, meant in settings.MISTAKEN_NAMES.items():
        yield warn(
            gettext("%(name)s is set, and nothing reads it") % {"name": name},
            gettext("If %(meant)s was meant, write that; otherwise remove it.") % {"meant": meant},
        )
    if not settings.MISTAKEN_NAMES:
        yield ok(gettext("each name that is set is read"))


# ---- Mail -------------------------------------------------------------------------------------------------------


@health_check(gettext_noop("mail"))
def mail() -> Iterator[Finding]:
    if settings.EMAIL_URL:
        yield ok(gettext("goes to %(host)s") % {"host": mail_server()})
        yield from _events_of_mail()
    elif settings.MAIL_IS_SET_UP:
        yield warn(
            gettext("is written to files, which the developers’ pages show"),
            gettext("For a site that others use, set EMAIL_URL to your mail server."),
        )
    else:
        yield fail(
            gettext("no mail server is set up: no invitations and no links for new passwords are sent"),
            gettext("Set EMAIL_URL to your mail server, such as submission://user:password@mail.example.org:587."),
        )


def mail_server() -> str:
    """The host, or the name of the provider."""
    return settings.MAIL_PROVIDER or settings.EMAIL_HOST


def _events_of_mail() -> Iterator[Finding]:
    """Does the provider tell what becomes of messages? Servers that speak SMTP alone cannot."""
    if settings.MAIL_WEBHOOK:
        address = f"{settings.SITE_URL}/anymail/{settings.MAIL_WEBHOOK}"
        yield ok(
            gettext("%(host)s can report deliveries and bounces to %(address)s")
            % {
                "host": settings.MAIL_PROVIDER,
                "address": address,
            }
        )
    elif settings.MAIL_PROVIDER and PROVIDERS[settings.MAIL_PROVIDER].webhook:
        yield warn(
            gettext("%(host)s does not report which messages arrive or bounce") % {"host": settings.MAIL_PROVIDER},
            gettext("Set up its webhook, and MAIL_WEBHOOK_SECRET or MAIL_WEBHOOK_KEY (docs/deployment.md, “Mail”)."),
        )


@health_check(gettext_noop("mail server answers"), active=True, patience=60)
def mail_probe() -> Iterator[Finding]:
    """Hand over one message, to the site's own address."""
    if not settings.EMAIL_URL:
        return
    to = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    message = EmailMessage(
        gettext("A probe from %(site)s") % {"site": settings.SITE_URL},
        gettext("“manage.py doctor”, or the status page, has sent this to see whether mail leaves the site."),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, smtplib.SMTPException, NoMailServerError, AnymailError) as error:
        yield fail(_of_mail(error), _advice_on_mail(error))
    else:
        yield ok(gettext("%(host)s accepted a message for %(to)s") % {"host": mail_server(), "to": to})


def _of_mail(error: Exception) -> str:
    if settings.MAIL_PROVIDER:
        facts = {"host": settings.MAIL_PROVIDER, "error": reply_of(error).detail or type(error).__name__}
    else:
        facts = {"host": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}", "error": str(error)}
    return gettext("%(host)s did not accept a message: %(error)s") % facts


def _advice_on_mail(error: Exception) -> str:
    if settings.MAIL_PROVIDER:
        return gettext(
            "See that the secrets and options of EMAIL_URL are the provider’s own (docs/deployment.md, “Mail”), "
            "and that it lets this site send as %(sender)s."
        ) % {"sender": settings.DEFAULT_FROM_EMAIL}
    if isinstance(error, ssl.SSLError):
        return gettext("Use the name that the mail server’s certificate is for, and the scheme that fits its port.")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return gettext("Correct the user and password in EMAIL_URL; EMAIL_PASSWORD takes a password as it is.")
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPRecipientsRefused):
        return gettext("Set MAIL_FROM to an address that this mail server sends for.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return gettext("The mail server has no STARTTLS or no sign-in there: see scheme and port of EMAIL_URL.")
    return gettext("See that the host and port in EMAIL_URL are right, and that no firewall is in the way.")


# ---- The proxy --------------------------------------------------------------------------------------------------


@health_check(gettext_noop("proxy"))
def proxy() -> Iterator[Finding]:
    """Behind one that nobody has set, everybody has one address, and HSTS is never sent."""
    if settings.TRUSTED_PROXIES:
        yield ok(gettext("TRUSTED_PROXIES is %(count)d") % {"count": settings.TRUSTED_PROXIES})
        return
    advice = gettext(
        "Set TRUSTED_PROXIES to the number of your proxies, usually 1: until then, everyone counts as one person."
    )
    seen = last_seen()
    if seen and seen.is_from_nearby:
        yield fail(gettext("requests come by way of %(peer)s, but TRUSTED_PROXIES is 0") % {"peer": seen.peer}, advice)
    elif settings.SECURE_SITE:
        yield fail(gettext("SITE_URL begins with https://, so a proxy is in front, but TRUSTED_PROXIES is 0"), advice)
    elif seen:
        yield warn(gettext("%(peer)s says that it passes requests on") % {"peer": seen.peer}, advice)
    else:
        yield ok(gettext("there is none"))


# ---- The public address -----------------------------------------------------------------------------------------


@health_check(gettext_noop("public address"), active=True, patience=40)
def public_address() -> Iterator[Finding]:
    """Ask for the site as people do: by its address, through whatever is in front."""
    parts = urlsplit(settings.SITE_URL)
    nonce = secrets.token_hex(16)
    try:
        status, body = _ask(f"{settings.SITE_URL}{LIVE}?question={probe.question(nonce)}")
    except ssl.SSLCertVerificationError as error:
        yield fail(
            f"{settings.SITE_URL}: {certificate_fault(error)}",
            gettext("Give the proxy a certificate for %(host)s that is valid today.") % {"host": parts.hostname},
        )
        return
    except (OSError, http.client.HTTPException) as error:
        yield fail(
            gettext("%(address)s does not answer: %(error)s") % {"address": settings.SITE_URL, "error": error},
            gettext("See that its name leads to the proxy, and that the proxy runs and is reached from here."),
        )
        return
    told = probe.read(body, nonce) if status == http.client.OK else None
    if told is None:
        yield fail(
            gettext("%(address)s answers with %(status)d, and it is not this site that answers")
            % {"address": settings.SITE_URL, "status": status},
            gettext("See that the proxy passes requests on to this site, and that SITE_URL is its address."),
        )
        return
    yield ok(gettext("%(address)s answers") % {"address": settings.SITE_URL})
    hops, secure = told
    if hops != settings.TRUSTED_PROXIES:
        yield fail(
            gettext("requests pass through %(hops)d proxies, but TRUSTED_PROXIES is %(count)d")
            % {"hops": hops, "count": settings.TRUSTED_PROXIES},
            gettext("Set TRUSTED_PROXIES=%(hops)d; each proxy has to add to X-Forwarded-For.") % {"hops": hops},
        )
    if parts.scheme == "https" and not secure:
        yield fail(
            gettext("the site is not told that browsers use https, so it does not tell them to stay with it (HSTS)"),
            gettext("Have the proxy send X-Forwarded-Proto."),
        )
    yield from _sockets()


def _sockets() -> Iterator[Finding]:
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": "13",
        "Origin": settings.SITE_ORIGIN,
    }
    try:
        status, _ = _ask(f"{settings.SITE_URL}/{SOCKET}", asked)
    except (OSError, http.client.HTTPException):
        status = 0
    # The site takes the socket of anybody, and then closes it.
    if status == http.client.SWITCHING_PROTOCOLS:
        yield ok(gettext("WebSockets get through"))
    else:
        yield fail(
            gettext("WebSockets do not get through: pages would not be live"),
            gettext("Have the proxy pass on the Upgrade and Connection headers (docs/deployment.md)."),
        )


def _ask(address: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """The status, and the body as far as it is of ours."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=PATIENCE)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers or {})
        answer = connection.getresponse()
        upgraded = answer.status == http.client.SWITCHING_PROTOCOLS
        return answer.status, b"" if upgraded else answer.read(MOST)
    finally:
        connection.close()
