"""What the tests of the transcript look at (E67)."""

from datetime import UTC, datetime

from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import Participant
from supportcenter import clock
from supportcenter.mail.models import Delivery

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
ADDRESS = "carol@example.com"
# Of a representative, by the place where each stands.
FORMS = {"record": "send_transcript_from_record", "summary": "send_transcript"}


def confirm(customer, email=ADDRESS):
    Participant.objects.filter(pk=customer.pk).update(email=email, confirmed=["email"])


def become(delivery, state):
    """What servers have said of a message: that it was taken, and then perhaps what became of it."""
    taken = state not in {"queued", "failed", "withdrawn"}
    Delivery.objects.filter(pk=delivery.pk).update(state=state, sent_at=clock.now() if taken else None)


def file_of(seat, session, **more):
    """Of a session that is over, or is ended for it."""
    session.refresh_from_db()
    if session.is_open:
        end_session(session, by=session.primary)
    answer = seat.get(reverse("save_transcript", args=[session.key]), **more)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def said_in(text):
    """Heads and what stands under them: without the head of the file."""
    return text.partition("\n\n")[2]


def page_of(seat, session):
    return " ".join(seat.get(reverse("remote_support", args=[session.key])).content.decode().split())


def error_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def attached(message):
    ((name, text, kind),) = message.attachments
    return name, text, kind


def send_get(browser, name, session):
    return browser.get(reverse(name, args=[session.key]), headers={"x-requested-with": "fetch"})
