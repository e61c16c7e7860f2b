"""EMAIL_URL names any provider that anymail has; what is wrong with it is said without its secrets."""

from pathlib import Path

import anymail.backends
import pytest
from anymail.urls import urlpatterns
from django.core.mail import get_connection

from supportcenter.environment import WrongSetting
from supportcenter.mail_providers import PROVIDERS, provider_of, provider_settings, webhook_of

SECRET = "hush-hush"
URLS = {
    "amazon-ses": f"KEYID:{SECRET}?region=eu-west-1&configuration_set_name=support",
    "mailgun": f"{SECRET}?sender_domain=mg.example.org&api_url=https://api.eu.mailgun.net/v3",
    "mailjet": f"{SECRET}:other",
    "postal": f"{SECRET}?api_url=https://postal.example.org",
    "postmark": f"{SECRET}?message_stream=support",
    "scaleway": f"{SECRET}?project_id=11&region=fr-par",
    "unisender-go": f"{SECRET}?api_url=https://go1.unisender.ru/ru/transactional/api/v1/",
}


def settings_for(url, *, password="", webhook_secret="", webhook_key=""):
    secrets = {"password": password, "webhook_secret": webhook_secret, "webhook_key": webhook_key}
    return provider_settings(url, **secrets, timeout=9, site_url="https://example.org/support")


def test_every_provider_of_anymail_can_be_chosen():
    """Apart from its old name for Brevo, and what it has for tests and for all of them."""
    modules = {path.stem for path in Path(anymail.backends.__path__[0]).glob("*.py")}
    others = {"__init__", "base", "base_requests", "console", "test", "sendinblue"}
    assert modules - others == {name.replace("-", "_") for name in PROVIDERS}


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailWarning")
def test_each_makes_a_backend_that_has_what_it_needs(settings, name):
    found = settings_for(f"anymail+{name}://{URLS.get(name, SECRET)}")
    settings.EMAIL_BACKEND, settings.ANYMAIL = found["EMAIL_BACKEND"], found["ANYMAIL"]
    backend = get_connection()
    assert backend.esp_name.lower().replace(" ", "-") == name
    assert SECRET in str(vars(backend))


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_has_the_address_at_which_anymail_hears_it(name):
    address = PROVIDERS[name].webhook.format(name.replace("-", "_"))
    assert not address or address in {str(each.pattern) for each in urlpatterns}


def test_secrets_are_decoded_and_one_of_its_own_is_taken_as_it_is():
    assert settings_for("anymail+postmark://a%2Fb%3Ac")["ANYMAIL"]["POSTMARK_SERVER_TOKEN"] == "a/b:c"
    found = settings_for("anymail+mailjet://key", password="p@ss/w#rd %41")["ANYMAIL"]
    assert (found["MAILJET_API_KEY"], found["MAILJET_SECRET_KEY"]) == ("key", "p@ss/w#rd %41")


def test_ses_without_keys_takes_those_of_the_machine():
    found = settings_for("anymail+amazon-ses://?region=eu-west-1")["ANYMAIL"]
    client = found["AMAZON_SES_CLIENT_PARAMS"]
    assert (client["region_name"], [name for name in client if name.startswith("aws_")]) == ("eu-west-1", [])


def test_ses_is_asked_once_and_not_for_long(settings):
    """Its library asks again by itself after a lost answer, which may be a second message."""
    found = settings_for("anymail+amazon-ses://KEYID:KEY?region=eu-west-1")
    settings.EMAIL_BACKEND, settings.ANYMAIL = found["EMAIL_BACKEND"], found["ANYMAIL"]
    config = get_connection().client_params["config"]
    assert (config.connect_timeout, config.read_timeout, config.retries) == (9, 9, {"total_max_attempts": 1})


@pytest.mark.parametrize(
    ("secret", "address"),
    [
        ("", "https://example.org/support/anymail/mandrill/"),
        ("me:a-secret", "https://me:a-secret@example.org/support/anymail/mandrill/"),
        ("me:p@ss:/", "https://me:p%40ss%3A%2F@example.org/support/anymail/mandrill/"),
    ],
)
def test_mandrill_signs_the_address_with_the_secret(secret, address):
    found = settings_for("anymail+mandrill://token", webhook_secret=secret, webhook_key="key")["ANYMAIL"]
    assert found["MANDRILL_WEBHOOK_URL"] == address


@pytest.mark.parametrize("name", [name for name, provider in PROVIDERS.items() if provider.watches])
def test_opens_and_clicks_are_not_watched(name):
    found = settings_for(f"anymail+{name}://{URLS.get(name, SECRET)}")["ANYMAIL"]
    assert found["SEND_DEFAULTS"] == {"track_opens": False, "track_clicks": False}


@pytest.mark.parametrize(
    "url",
    [
        "anymail+carrier-pigeon://hush-hush",
        "anymail+://hush-hush",
        "anymail+postmark://",
        "anymail+postmark:hush-hush",
        "anymail+postmark://hush-hush:hush-hush",
        "anymail+postmark://hush-hush@api.example.org",
        "anymail+postmark://hush-hush/hush-hush",
        "anymail+postmark://hush-hush#hush-hush",
        "anymail+postmark://hush-hush%zz",
        "anymail+postmark://hush-hush?stream=hush-hush",
        "anymail+postmark://hush-hush?message_stream=",
        "anymail+mailjet://hush-hush",
        "anymail+amazon-ses://KEYID:hush-hush",
        "anymail+unisender-go://hush-hush",
        "anymail+postal://hush-hush?api_url=http://postal.example.org",
    ],
)
def test_what_cannot_be_right_is_one_line_without_secrets(url):
    with pytest.raises(WrongSetting, match=r"^EMAIL_URL: ") as wrong:
        settings_for(url)
    assert SECRET not in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("secret", ["short", "user:short", ":long-enough-to-be-none", "long-enough-to-be-one"])
def test_a_webhook_secret_that_can_be_guessed_is_refused(secret):
    with pytest.raises(WrongSetting, match=r"^MAIL_WEBHOOK_SECRET: "):
        webhook_of("postmark", secret=secret, key="")


def test_a_key_that_the_provider_does_not_sign_with_is_refused():
    with pytest.raises(WrongSetting, match=r"^MAIL_WEBHOOK_KEY: "):
        settings_for("anymail+postmark://hush-hush", webhook_key="key")


@pytest.mark.parametrize(
    ("name", "secret", "key", "address"),
    [
        ("postmark", "", "", ""),
        ("postmark", "user:long-enough-to-be-one", "", "postmark/tracking/"),
        ("mailgun", "user:long-enough-to-be-one", "", ""),
        ("mailgun", "", "key", "mailgun/tracking/"),
        ("mandrill", "", "key", "mandrill/"),
        ("amazon-ses", "user:long-enough-to-be-one", "", "amazon_ses/tracking/"),
        ("scaleway", "user:long-enough-to-be-one", "", ""),
    ],
)
def test_events_are_heard_only_where_something_guards_them(name, secret, key, address):
    assert webhook_of(name, secret=secret, key=key) == address


def test_name_is_taken_in_any_case():
    assert provider_of("anymail+Postmark://token") == "postmark"
