"""`EMAIL_URL=anymail+postmark://TOKEN`: the mail providers that django-anymail knows. Pure.

    anymail+NAME://SECRET[:SECOND_SECRET]?option=value&…

`EMAIL_PASSWORD` stands for the last secret, as it is. docs/deployment.md has a line for each provider.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from supportcenter.environment import NO_ESCAPE, WrongSetting

SCHEME = "anymail+"
# Characters of a password that the provider calls with.
LEAST_SECRET = 16
# The class of each backend, in its module.
BACKEND = "anymail.backends.{}.EmailBackend"


@dataclass(frozen=True)
class Provider:
    """How one provider is signed in to, and how it tells what became of a message."""

    # Names of anymail's settings, without the provider's: those of the secrets, in their order in the address.
    secrets: tuple[str, ...]
    # In the query: those that must be there, and those that may.
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    backend: str = ""
    # Where its events come in, under anymail/; empty if anymail reads none of them.
    webhook: str = "{}/tracking/"
    # Anymail's setting for the key that its events are signed with, and whether it takes events only with one.
    webhook_key: str = ""
    signs_always: bool = False
    # Mandrill: the signature is over the address, too, as it was given that: by another way, it has another name here.
    signs_address: bool = False
    # Whether it takes our own mark on a message, and being told not to rewrite links and watch who opens.
    keeps_marks: bool = True
    watches: bool = False
    # Brevo: the header by which it knows, for half an hour, a request that it has had before.
    key_header: str = ""
    # MailerSend: headers cost extra there, and a message that has any is refused.
    takes_headers: bool = True


PROVIDERS = {
    "amazon-ses": Provider(("aws_access_key_id", "aws_secret_access_key"), ("region",), ("configuration_set_name",)),
    "brevo": Provider(("api_key",), key_header="idempotencyKey"),
    "mailersend": Provider(
        ("api_token",),
        webhook_key="signing_secret",
        signs_always=True,
        keeps_marks=False,
        watches=True,
        takes_headers=False,
    ),
    "mailgun": Provider(
        ("api_key",),
        takes=("sender_domain", "api_url"),
        webhook_key="webhook_signing_key",
        signs_always=True,
        watches=True,
    ),
    "mailjet": Provider(("api_key", "secret_key"), watches=True),
    "mailtrap": Provider(("api_token",), takes=("sandbox_id",), webhook_key="tracking_secret"),
    "mandrill": Provider(
        ("api_key",),
        webhook="mandrill/",
        webhook_key="webhook_key",
        signs_always=True,
        signs_address=True,
        watches=True,
    ),
    "postal": Provider(("api_key",), ("api_url",), webhook_key="webhook_key", signs_always=True, keeps_marks=False),
    "postmark": Provider(("server_token",), takes=("message_stream",), watches=True),
    "resend": Provider(("api_key",), backend="supportcenter.mail_resend.EmailBackend"),
    "scaleway": Provider(("secret_key",), ("project_id",), ("region",), webhook=""),
    "sendgrid": Provider(("api_key",), webhook_key="tracking_webhook_verification_key", watches=True),
    "sparkpost": Provider(("api_key",), takes=("api_url", "subaccount"), watches=True),
    "unisender-go": Provider(("api_key",), ("api_url",), watches=True),
}


def is_provider(url: str) -> bool:
    return url.startswith(SCHEME)


def provider_of(url: str) -> str:
    """The name in the address. Raises WrongSetting."""
    name = url.removeprefix(SCHEME).partition(":")[0].lower()
    if name not in PROVIDERS:
        raise WrongSetting("EMAIL_URL", f"names no mail provider: write {SCHEME} and one of {', '.join(PROVIDERS)}.")
    return name


def webhook_of(name: str, *, secret: str, key: str) -> str:
    """Where the provider's events come in, under anymail/. Empty where nothing would keep strangers from it.

    Raises WrongSetting for a secret that is short, or has no user.
    """
    user, _, password = secret.partition(":")
    if secret and (not user or len(password) < LEAST_SECRET):
        wanted = f"a user, a colon and at least {LEAST_SECRET} letters and digits that nobody can guess"
        raise WrongSetting("MAIL_WEBHOOK_SECRET", f"must be {wanted}.")
    provider = PROVIDERS[name]
    is_guarded = key if provider.signs_always else secret
    return provider.webhook.format(name.replace("-", "_")) if is_guarded else ""


def provider_settings(
    url: str, *, password: str, webhook_secret: str, webhook_key: str, timeout: int, site_url: str
) -> dict[str, Any]:
    """Django's settings for the provider that the address names. Raises WrongSetting; no message quotes a secret."""
    name = provider_of(url)
    provider, prefix = PROVIDERS[name], name.replace("-", "_").upper()
    if webhook_key and not provider.webhook_key:
        raise WrongSetting("MAIL_WEBHOOK_KEY", f"is not used with {name}: MAIL_WEBHOOK_SECRET guards its events.")
    facts = _secrets(url, provider, password) | _options(url, provider)
    anymail: dict[str, Any] = {
        "WEBHOOK_SECRET": [webhook_secret] if webhook_secret else [],
        "REQUESTS_TIMEOUT": timeout,
        **_anymail_settings(name, prefix, facts, timeout),
    }
    if provider.watches:
        anymail["SEND_DEFAULTS"] = {"track_opens": False, "track_clicks": False}
    if webhook_key:
        anymail[f"{prefix}_{provider.webhook_key}".upper()] = webhook_key
    if provider.signs_address:
        anymail[f"{prefix}_WEBHOOK_URL"] = f"{_with_secret(site_url, webhook_secret)}/anymail/{provider.webhook}"
    return {"EMAIL_BACKEND": provider.backend or BACKEND.format(name.replace("-", "_")), "ANYMAIL": anymail}


def _with_secret(url: str, secret: str) -> str:
    """The address as a provider has it, which calls with that user and password."""
    scheme, _, rest = url.partition("://")
    user, _, password = secret.partition(":")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{rest}" if secret else url


def _anymail_settings(name: str, prefix: str, facts: dict[str, str], timeout: int) -> dict[str, Any]:
    if name != "amazon-ses":
        return {f"{prefix}_{key}".upper(): value for key, value in facts.items()}
    # By itself it waits for a minute, and sends twice more what it has no answer to: trying again is the outbox's.
    patience = {"connect_timeout": timeout, "read_timeout": timeout, "retries": {"total_max_attempts": 1}}
    client: dict[str, Any] = {"region_name": facts.pop("region"), "config": patience}
    # Without keys, boto3 looks for them where it always does: the environment, or the machine's own role.
    client |= {key: facts.pop(key) for key in list(facts) if key.startswith("aws_")}
    return {f"{prefix}_CLIENT_PARAMS": client, **{f"{prefix}_{key}".upper(): value for key, value in facts.items()}}


def _secrets(url: str, provider: Provider, password: str) -> dict[str, str]:
    given = urlsplit(url).netloc
    if NO_ESCAPE.search(given) or "@" in given:
        raise WrongSetting(
            "EMAIL_URL", "has a secret that cannot be read: write everything but letters and digits as %XX."
        )
    found = [unquote(part) for part in given.split(":") if part]
    if password:
        found = [*found[: len(provider.secrets) - 1], password]
    is_of_this_machine = provider.secrets[0].startswith("aws_") and not found
    if len(found) != len(provider.secrets) and not is_of_this_machine:
        wanted = " and ".join(f"its {secret}" for secret in provider.secrets)
        raise WrongSetting("EMAIL_URL", f"must have {wanted} behind ://, with a colon between two.")
    return dict(zip(provider.secrets, found, strict=False))


def _options(url: str, provider: Provider) -> dict[str, str]:
    parts = urlsplit(url)
    if parts.path.strip("/") or parts.fragment:
        raise WrongSetting("EMAIL_URL", "has a / or # in it: write that as %2F or %23, and options behind a ?.")
    found = dict(parse_qsl(parts.query, keep_blank_values=True))
    if faults := [*_faults(found, provider)]:
        raise WrongSetting("EMAIL_URL", faults[0])
    return found


def _faults(options: dict[str, str], provider: Provider) -> Iterator[str]:
    for name in sorted(options.keys() - {*provider.needs, *provider.takes}):
        yield f"has an option that there is not: {name}."
    for name in provider.needs:
        if not options.get(name):
            yield f"needs ?{name}=… for this provider."
    for name, value in options.items():
        if not value:
            yield f"has an empty {name}."
        if name == "api_url" and not value.startswith("https://"):
            yield "has an api_url that does not start with https://."
