"""Events of seven providers, in the shapes that they document, at the address that the site gives them."""

import base64
import json
from itertools import permutations

import pytest

from supportcenter import metrics
from supportcenter.mail import owners
from supportcenter.mail.actions import begin_attempt, confirm
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post
from supportcenter.mail.provider_events import TooEarly, note_event
from supportcenter.mail.readings import Reading
from supportcenter.mail_providers import provider_settings, webhook_of
from supportcenter.mail_webhooks import webhook_view
from tests.supportcenter.mail import provider_shapes as shapes

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SITE = "https://support.example"
SECRET = "caller:a-secret-that-is-long-enough"
URLS = {
    "postmark": "anymail+postmark://token",
    "sendgrid": "anymail+sendgrid://token",
    "mailgun": "anymail+mailgun://token",
    "amazon-ses": "anymail+amazon-ses://?region=eu-west-1",
    "resend": "anymail+resend://token",
    "mailjet": "anymail+mailjet://token:other",
    "brevo": "anymail+brevo://token",
}
PROVIDERS = [*URLS]


@pytest.fixture
def heard(monkeypatch):
    states = []
    monkeypatch.setitem(owners.listeners, "greeting", lambda delivery: states.append(delivery.state))
    return states


@pytest.fixture
def delivery(heard):
    return post("greeting", 7)


@pytest.fixture
def tell(client, settings, delivery):
    def tell(provider, event, *, secret=SECRET, mark=None, body=None):
        key = shapes.SIGNING_KEY if provider == "mailgun" else ""
        chosen = provider_settings(
            URLS[provider], password="", webhook_secret=SECRET, webhook_key=key, timeout=9, site_url=SITE
        )
        settings.ANYMAIL, settings.MAIL_PROVIDER = chosen["ANYMAIL"], provider
        settings.MAIL_WEBHOOK = webhook_of(provider, secret=SECRET, key=key)
        shape = getattr(shapes, provider.replace("-", "_"))
        text, more = shape(event, mark or delivery.message_id.strip("<>"))
        return client.post(f"/anymail/{settings.MAIL_WEBHOOK}", body or text, **more, **signed_in(secret))

    return tell


def signed_in(secret):
    return {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}


def facts(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("event", "reason"),
    [("delivered", ""), ("deferred", "not_now"), ("bounced", ...), ("complained", "spam")],
)
def test_each_provider_is_understood(tell, delivery, heard, provider, event, reason):
    assert tell(provider, event).status_code == 200

    state, why = facts(delivery)
    assert state == event
    assert why == reason or (reason is ... and why in {"bad_address", "came_back"})
    assert heard == [event]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("secret", ["", "caller:another-secret-of-that-length", "caller"])
def test_a_stranger_changes_nothing(tell, delivery, heard, provider, secret):
    assert tell(provider, "bounced", secret=secret).status_code in {401, 403}

    assert (facts(delivery), heard) == (("queued", ""), [])


def test_a_signature_that_does_not_fit_changes_nothing(tell, delivery):
    text, _ = shapes.mailgun("bounced", delivery.message_id.strip("<>"))
    forged = json.loads(text)
    forged["signature"]["signature"] = "0" * 64

    assert tell("mailgun", "bounced", body=json.dumps(forged)).status_code == 403

    assert facts(delivery) == ("queued", "")


def test_only_the_sites_own_provider_is_heard(client, tell, settings):
    assert tell("postmark", "delivered").status_code == 200

    for other in ["sendgrid/tracking/", "postmark/inbound/", "mandrill/", "", "nonsense/"]:
        assert client.post(f"/anymail/{other}", "{}", content_type="application/json").status_code == 404


def test_nothing_is_kept_of_the_names_that_strangers_ask_for(client):
    webhook_view.cache_clear()

    for number in range(5):
        client.get(f"/anymail/{number}{'x' * 3000}")

    assert webhook_view.cache_info().currsize == 0


def test_without_a_secret_there_is_no_such_page(client, settings):
    settings.MAIL_WEBHOOK = ""

    assert client.post("/anymail/postmark/tracking/", "{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_event_that_comes_twice_is_noted_once(tell, delivery, heard, provider):
    tell(provider, "bounced")
    before = Delivery.objects.values().get()

    assert tell(provider, "bounced").status_code == 200

    assert Delivery.objects.values().get() == before
    assert heard == ["bounced"]


@pytest.mark.parametrize("order", [*permutations(["deferred", "delivered", "bounced"])])
def test_the_order_in_which_events_come_does_not_matter(tell, delivery, order):
    for event in order:
        tell("postmark", event)

    assert facts(delivery)[0] == "bounced"


def test_a_complaint_is_the_last_word(tell, delivery):
    for event in ["complained", "delivered", "bounced"]:
        tell("postmark", event)

    assert facts(delivery) == ("complained", "spam")


def test_an_event_about_a_message_of_somebody_else_is_taken_and_forgotten(tell, delivery, heard):
    assert tell("postmark", "bounced", mark="invitation-9-1.00@elsewhere.example").status_code == 200

    assert (facts(delivery), heard) == (("queued", ""), [])


def test_what_is_unreadable_is_not_asked_for_again(tell, delivery):
    assert tell("postmark", "bounced", body='{"RecordType": "Bounce", "BouncedAt": 7}').status_code == 400
    assert tell("postmark", "bounced", body="nonsense").status_code == 400


def test_an_event_proves_that_the_message_was_taken(tell, delivery, mail_server, monkeypatch):
    """The worker died before it could note so: the provider has it, and no second one is sent."""
    monkeypatch.setitem(owners.composers, "greeting", lambda delivery: pytest.fail("It is written again."))

    tell("postmark", "delivered")
    from supportcenter.mail.jobs import send

    send(delivery.pk)

    assert mail_server.messages == []
    assert facts(delivery)[0] == "delivered"


def test_the_servers_own_words_are_kept(tell, delivery):
    tell("postmark", "bounced")

    delivery.refresh_from_db()
    assert (delivery.reason, delivery.detail) == ("bad_address", shapes.WORDS)


def test_an_event_that_overtakes_our_own_note_is_asked_for_again(client, settings, delivery):
    """A provider that keeps no mark of ours: until its name for the message is noted, the event may be of that one."""
    chosen = provider_settings(
        "anymail+mailersend://token", password="", webhook_secret=SECRET, webhook_key="key", timeout=9, site_url=SITE
    )
    settings.ANYMAIL, settings.MAIL_PROVIDER = chosen["ANYMAIL"], "mailersend"
    reading = Reading("delivered")
    event = {"marks": ["4711"], "provider": "MailerSend", "provider_id": "4711"}
    assert note_event(reading, **event) == "unknown"
    begin_attempt(delivery.pk)
    with pytest.raises(TooEarly):
        note_event(reading, **event)

    confirm(delivery.pk, provider="MailerSend", provider_id="4711")

    assert note_event(reading, **event) == "noted"
    assert facts(delivery) == ("delivered", "")


def test_too_many_calls_of_a_stranger_are_not_even_read(tell, delivery):
    answers = [tell("postmark", "bounced", secret="caller:wrong-wrong-wrong").status_code for _call in range(32)]
    assert answers == [403] * 30 + [429] * 2
    assert tell("postmark", "bounced").status_code == 429
    assert facts(delivery) == ("queued", "")


def test_a_burst_of_events_is_taken(tell, delivery):
    assert {tell("postmark", "delivered").status_code for _event in range(100)} == {200}


def test_events_are_counted(tell, delivery, monkeypatch):
    counted = []
    monkeypatch.setattr(metrics, "count", lambda name, **labels: counted.append((name, *labels.values())))
    tell("postmark", "delivered")
    tell("postmark", "delivered")
    Delivery.objects.all().delete()
    tell("postmark", "delivered")
    assert counted == [("mail_events", outcome) for outcome in ("noted", "known", "unknown")]


def test_a_state_that_others_saw_is_left_alone_by_what_is_noted_late(tell, delivery):
    """The provider was quicker than the worker, which then notes that the message was taken."""
    begin_attempt(delivery.pk)
    tell("postmark", "bounced")
    confirm(delivery.pk, provider="Postmark", provider_id="pm-1")
    assert facts(delivery) == ("bounced", "bad_address")


def test_a_message_is_found_by_the_providers_name_for_it(delivery):
    Delivery.objects.filter(pk=delivery.pk).update(provider="Postal", provider_id="4711", state="sent")

    told = note_event(Reading("bounced", "came_back"), marks=["4711"], provider="Postal", provider_id="4711")

    assert told == "noted"
    assert facts(delivery) == ("bounced", "came_back")


def test_an_unsigned_body_of_another_shape_is_a_strangers(tell, delivery, caplog):
    assert tell("mailgun", "bounced", secret="", body="[]").status_code == 403

    assert "cannot be read" not in caplog.text
