"""An invitation goes through the outbox, and through a real SMTP conversation."""

import pytest
from django.utils import timezone

from invitations.actions.correct import correct_address
from invitations.actions.revoke import revoke_invitation
from invitations.jobs import deliver
from invitations.models import Invitation
from invitations.rules.links import invitation_link
from sessions_app.actions.lifecycle.end import end_session
from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from supportcenter.jobs.workers.runner import run_one
from supportcenter.mail.models import Delivery
from tests.factories import latest, types

pytestmark = pytest.mark.django_db


def attempt():
    """The next attempt at each delivery that is still to be made; other deadlines are left in peace."""
    waiting = Job.objects.pending().filter(kind="mail.send")
    waiting.update(due=timezone.now())
    for job in waiting:
        run_one(job.pk)


def attempt_all():
    for _attempt in range(MOST_ATTEMPTS):
        attempt()


def parts(message):
    return {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}


def test_an_invitation_arrives(session, invitation, amal, mail_server):
    before = len(latest(session))

    attempt()

    [message], [(sender, recipients)] = mail_server.messages, mail_server.envelopes
    assert (sender, recipients) == ("support@center.example", ["carol@example.com"])
    assert message["From"] == '"Amal (Support)" <support@center.example>'
    assert message["To"] == "carol@example.com"
    assert message["Reply-To"] == amal.email
    assert message["Subject"] == "Amal invites you to a support session"
    assert message["Message-ID"] == invitation.delivery.message_id
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "en")
    assert message.get_content_type() == "multipart/alternative"
    for text in parts(message).values():
        assert invitation_link(invitation) in text
        assert session.number_in_threes in text
    invitation.refresh_from_db()
    assert invitation.state == "sent"
    assert latest(session, before) == [("invitation.sent", {"invitation": invitation.pk})]
    assert not Job.objects.filter(kind="mail.send").exists()


def test_an_invitation_arrives_in_arabic(session, invite, policy, mail_server):
    policy.organisation = "شركة المثال"
    policy.save()
    session.primary.name = "أمل"
    session.primary.save()
    invite(language="ar")

    attempt()

    [message] = mail_server.messages
    text, html = parts(message)["text/plain"], parts(message)["text/html"]
    assert message["From"] == '"أمل (شركة المثال)" <support@center.example>'
    assert message["Subject"].strip() == "دعوة من أمل إلى جلسة دعم"
    assert message["Content-Language"] == "ar"
    assert "لديك دعوة من أمل (شركة المثال) إلى جلسة دعم في متصفحك." in text
    assert '<html lang="ar" dir="rtl">' in html
    assert "الانضمام إلى الجلسة" in html


def test_a_representatives_invitation_arrives(invite, mail_server):
    invite(recipient="csr", email="bilal@example.com")

    attempt()

    assert mail_server.messages[0]["Subject"] == "Amal asks you to assist in a support session"


def test_an_international_address_is_written_to(invite, mail_server):
    invite(email="carol@bücher.example")

    attempt()

    assert mail_server.envelopes[0][1] == ["carol@xn--bcher-kva.example"]
    assert mail_server.messages[0]["To"] == "carol@xn--bcher-kva.example"


def test_a_name_cannot_add_headers(session, invite, mail_server):
    session.primary.name = 'Amal" <eve@example.com>\r\nBcc: eve@example.com\r\n\r\n<b>'
    session.primary.save()
    invite()

    attempt()

    [message], [(sender, recipients)] = mail_server.messages, mail_server.envelopes
    assert (sender, recipients) == ("support@center.example", ["carol@example.com"])
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["From"].addresses] == ["support@center.example"]
    assert "<b>" not in parts(message)["text/html"]


@pytest.mark.parametrize(
    ("step", "reply", "failure", "detail"),
    [
        ("RCPT", "550 5.1.1 No such user here", "bad_address", "5.1.1 No such user here"),
        ("DATA", "554 5.7.1 Looks like spam", "refused", "5.7.1 Looks like spam"),
    ],
)
def test_a_final_no_fails_at_once(session, invitation, mail_server, step, reply, failure, detail):
    mail_server.refuse = {step: reply}
    before = len(latest(session))

    attempt()

    invitation.refresh_from_db()
    state = "bounced" if failure == "bad_address" else "rejected"
    assert (invitation.state, invitation.delivery.reason, invitation.delivery.detail) == (state, failure, detail)
    assert latest(session, before) == [(f"invitation.{state}", {"invitation": invitation.pk, "why": failure})]
    assert not Job.objects.filter(kind="mail.send").exists()


@pytest.mark.parametrize(
    ("step", "reply"),
    [("RCPT", "450 4.2.1 Try again later"), ("MAIL", "421 4.3.2 Closing"), ("DATA", "451 4.7.1 Greylisted")],
)
def test_a_passing_no_is_tried_again(session, invitation, mail_server, step, reply):
    mail_server.refuse = {step: reply}
    before = len(latest(session))
    attempt()
    invitation.refresh_from_db()
    assert (invitation.state, types(session, before)) == ("deferred", ["invitation.deferred"])

    mail_server.refuse = {}
    attempt()

    invitation.refresh_from_db()
    assert (invitation.state, invitation.delivery.attempts) == ("sent", 2)
    assert [message["Message-ID"] for message in mail_server.messages] == [invitation.delivery.message_id]


def test_a_passing_no_that_stays_fails_in_the_end(session, invitation, mail_server):
    mail_server.refuse = {"RCPT": "450 4.2.1 Try again later"}
    before = len(latest(session))

    attempt_all()

    invitation.refresh_from_db()
    assert (invitation.state, invitation.delivery.reason) == ("failed", "not_now")
    assert invitation.delivery.detail == "4.2.1 Try again later"
    assert types(session, before) == ["invitation.deferred", "invitation.failed"]


def test_a_mail_server_that_is_away_is_waited_for(session, invitation, mail_server):
    mail_server.stop()
    attempt()
    invitation.refresh_from_db()
    assert invitation.state == "deferred"

    attempt_all()

    invitation.refresh_from_db()
    assert (invitation.state, invitation.delivery.reason) == ("failed", "unreachable")


def test_a_job_from_before_an_upgrade_sends_it_once(invitation, mail_server):
    Job.objects.all().delete()

    deliver(invitation.pk, 1)
    deliver(invitation.pk, 1)
    deliver(invitation.pk, 7)

    assert len(mail_server.messages) == 1


def test_the_first_sending_is_dropped_when_the_address_is_corrected(session, invitation, mail_server):
    correct_address(session, invitation, email="caroline@example.com", by=session.primary)

    attempt()

    assert [recipients for _sender, recipients in mail_server.envelopes] == [["caroline@example.com"]]
    states = Delivery.objects.order_by("sending").values_list("state", flat=True)
    assert [*states] == ["withdrawn", "sent"]


def test_nothing_is_sent_to_an_erased_address(session, invitation, mail_server):
    Invitation.objects.update(email="")

    attempt()

    assert mail_server.messages == []


def test_nothing_is_sent_after_a_revocation(session, invitation, mail_server):
    revoke_invitation(session, invitation, by=session.primary)

    attempt()

    assert mail_server.messages == []


def test_nothing_is_sent_into_an_ended_session(session, invitation, mail_server):
    end_session(session, by=session.primary)

    attempt()

    assert mail_server.messages == []
