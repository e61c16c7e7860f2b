"""Messages go to providers as their interfaces want them; what these answer decides what becomes of a delivery."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_one
from supportcenter.mail import owners
from supportcenter.mail.actions import begin_attempt
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post
from supportcenter.mail_providers import provider_settings
from tests.http_provider import HttpProvider

pytestmark = pytest.mark.django_db
SITE = "https://support.example"
TAKEN = {
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "its-own-id", "To": "carol@example.com"},
    "resend": {"id": "its-own-id"},
    "brevo": {"messageId": "<its-own-id@smtp-relay.example>"},
}

INACTIVE = (
    "Found inactive addresses: carol@example.com. Inactive recipients are ones that have generated a hard bounce."
)


def compose(delivery):
    message = EmailMultiAlternatives("مرحبًا", "Good day.", "Amal <support@center.example>", ["carol@example.com"])
    message.attach_alternative("<p>Good day.</p>", "text/html")
    return message


@pytest.fixture
def told(monkeypatch):
    states = []
    monkeypatch.setitem(owners.composers, "greeting", compose)
    monkeypatch.setitem(owners.listeners, "greeting", lambda delivery: states.append(delivery.state))
    return states


@pytest.fixture
def provider(settings, told):
    server = HttpProvider()

    def use(name):
        chosen = provider_settings(
            f"anymail+{name}://token", password="", webhook_secret="", webhook_key="", timeout=9, site_url=SITE
        )
        settings.EMAIL_BACKEND, settings.MAIL_PROVIDER = chosen["EMAIL_BACKEND"], name
        settings.ANYMAIL = {**chosen["ANYMAIL"], f"{name.upper()}_API_URL": server.url}
        server.told = TAKEN[name]
        return server

    yield use
    server.stop()


def attempt():
    for job in Job.objects.pending().filter(kind="mail.send"):
        Job.objects.filter(pk=job.pk).update(due=timezone.now())
        run_one(job.pk)


def facts(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.reason, delivery.detail


@pytest.mark.parametrize(
    ("name", "esp", "its_id"),
    [
        ("postmark", "Postmark", "its-own-id"),
        ("resend", "Resend", "its-own-id"),
        ("brevo", "Brevo", "<its-own-id@smtp-relay.example>"),
    ],
)
def test_a_message_is_taken_under_the_providers_name_for_it(provider, name, esp, its_id):
    server = provider(name)
    delivery = post("greeting", 7)

    attempt()

    assert facts(delivery) == ("sent", "", "")
    assert (delivery.provider, delivery.provider_id) == (esp, its_id)
    assert len(server.asked) == 1


def test_our_mark_goes_along_and_nobody_watches_who_opens(provider):
    server = provider("postmark")
    delivery = post("greeting", 7)

    attempt()

    [(path, headers, asked)] = server.asked
    assert path == "/email"
    assert headers["X-Postmark-Server-Token"] == "token"
    assert asked["Metadata"] == {"delivery": delivery.message_id.strip("<>")}
    assert (asked["TrackOpens"], asked["TrackLinks"]) == (False, "None")
    assert {"Name": "Message-ID", "Value": delivery.message_id} in asked["Headers"]


@pytest.mark.parametrize("name", ["resend", "brevo"])
def test_all_attempts_have_one_key(provider, name):
    """An answer that was lost, or a worker that died: the provider knows the second request for the first."""
    server = provider(name)
    server.hangs_up = True
    delivery = post("greeting", 7)
    attempt()
    assert facts(delivery)[:2] == ("deferred", "unreachable")

    server.hangs_up = False
    attempt()

    first, second = (key_of(name, *asked) for asked in server.asked)
    assert first == second
    assert len(first) > 20
    assert facts(delivery) == ("sent", "", "")


def key_of(name, path, headers, asked):
    return headers["Idempotency-Key"] if name == "resend" else asked["headers"]["idempotencyKey"]


def test_another_message_has_another_key(provider):
    server = provider("brevo")
    for subject in (7, 8):
        post("greeting", subject)
    attempt()
    assert len({key_of("brevo", *asked) for asked in server.asked}) == 2


KEY_IS_KNOWN = [
    ("resend", 409, {"name": "invalid_idempotent_request", "message": "Same key, other contents"}),
    ("brevo", 400, {"code": "duplicate_parameter", "message": "The idempotencyKey was used already"}),
]


@pytest.mark.parametrize(("name", "status", "answer"), KEY_IS_KNOWN)
@pytest.mark.parametrize("first", ["no answer", "502", "no end"])
def test_a_repeat_that_the_provider_knows_was_sent_the_first_time(provider, name, status, answer, first):
    server = provider(name)
    delivery = post("greeting", 7)
    if first == "no end":
        # Its worker died.
        begin_attempt(delivery.pk)
    else:
        server.hangs_up, server.status = first == "no answer", 502
        attempt()

    server.hangs_up, server.status, server.told = False, status, answer
    attempt()

    assert facts(delivery) == ("sent", "", "")


@pytest.mark.parametrize(("name", "status", "answer"), KEY_IS_KNOWN)
def test_a_known_key_proves_nothing_where_each_attempt_was_refused(provider, name, status, answer):
    """Whether a request that was refused uses up its key is not documented: the message is tried until it is known."""
    server = provider(name)
    delivery = post("greeting", 7)
    server.status = 429
    attempt()
    assert facts(delivery)[:2] == ("deferred", "not_now")

    server.status, server.told = status, answer
    attempt()

    assert facts(delivery) == ("deferred", "not_now", answer["message"])
    assert Job.objects.pending().filter(kind="mail.send").exists()


@pytest.mark.parametrize(
    ("name", "status", "answer"),
    [
        ("brevo", 400, {"code": "invalid_parameter", "message": "duplicate_parameter is not the code here"}),
        ("brevo", 400, ["duplicate_parameter"]),
        ("resend", 422, {"name": "validation_error", "message": "invalid_idempotent_request"}),
    ],
)
def test_a_refusal_that_only_quotes_the_words_is_a_refusal(provider, name, status, answer):
    server = provider(name)
    server.hangs_up = True
    delivery = post("greeting", 7)
    attempt()

    server.hangs_up, server.status, server.told = False, status, answer
    attempt()

    assert facts(delivery)[:2] == ("rejected", "refused")


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (422, {"ErrorCode": 300, "Message": "Invalid 'To' address: 'carol@example.com'."}, ("bounced", "bad_address")),
        (422, {"ErrorCode": 406, "Message": INACTIVE}, ("rejected", "suppressed")),
        (422, {"ErrorCode": 406, "Message": "Said in other words"}, ("rejected", "refused")),
        (400, {"ErrorCode": 9, "Message": "Nothing that we know"}, ("rejected", "refused")),
        (401, {"ErrorCode": 10, "Message": "No such token"}, ("deferred", "not_now")),
        (429, {"ErrorCode": 429, "Message": "Too many requests"}, ("deferred", "not_now")),
        (503, {"ErrorCode": 100, "Message": "Maintenance"}, ("deferred", "not_now")),
    ],
)
def test_what_the_provider_answers_is_read_by_its_meaning(provider, status, answer, expected):
    server = provider("postmark")
    server.status, server.told = status, answer
    delivery = post("greeting", 7)

    attempt()

    assert facts(delivery)[:2] == expected
    assert Job.objects.pending().filter(kind="mail.send").exists() == (expected[0] == "deferred")


def test_the_providers_words_are_kept_without_the_address(provider):
    server = provider("postmark")
    server.status, server.told = 400, {"ErrorCode": 9, "Message": "Nothing that we know"}
    delivery = post("greeting", 7)

    attempt()

    assert facts(delivery)[2] == "Nothing that we know"
    assert "token" not in str(Delivery.objects.values().get())
