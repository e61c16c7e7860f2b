"""What becomes of the mail is told to the session's staff, and to nobody else."""

import pytest

from invitations.actions.deliver import forget_replies
from invitations.actions.erase import erase_address
from invitations.actions.resend import resend_invitation
from invitations.models import Invitation
from sessions_app.models import Participant
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.models import Event
from supportcenter.mail.models import Delivery
from supportcenter.mail.provider_events import note_event
from supportcenter.mail.readings import Reading
from tests.factories import latest

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("delivered", {}),
        ("deferred", {"why": "not_now"}),
        ("bounced", {"why": "came_back"}),
        ("rejected", {"why": "suppressed"}),
        ("complained", {"why": "spam"}),
        ("failed", {"why": "unreachable"}),
    ],
)
def test_each_state_is_an_event_for_staff(session, invitation, becomes, state, why):
    becomes(invitation, state, why.get("why", ""))

    assert latest(session)[-1] == (f"invitation.{state}", {"invitation": invitation.pk, **why})
    assert Event.objects.order_by("pk").last().audience == "staff"


def test_what_became_of_an_earlier_sending_is_no_news(session, invitation, becomes):
    first = becomes(invitation, "sent").delivery
    resend_invitation(session, invitation, by=session.primary)
    before = len(latest(session))

    note_event(Reading("bounced", "came_back"), marks=[first.message_id], provider="", provider_id="")

    invitation.refresh_from_db()
    assert (invitation.state, latest(session, before)) == ("queued", [])
    first.refresh_from_db()
    assert first.state == "bounced"


def test_erasure_takes_the_servers_words_with_it(session, carol, invitation, becomes):
    becomes(invitation, "bounced", "bad_address", "550 carol@example.com is unknown")
    Participant.objects.filter(pk=carol.pk).update(email="carol@example.com")
    carol.refresh_from_db()

    erase_address(session, carol)
    run_due()

    assert Delivery.objects.get().detail == ""


def test_words_that_come_after_the_erasure_are_not_kept(session, invitation, becomes):
    invitation.email = ""
    invitation.save()

    becomes(invitation, "bounced", "bad_address", "550 carol@example.com is unknown")

    assert Delivery.objects.get().detail == ""


def test_late_words_about_an_earlier_sending_are_not_kept_after_the_erasure(session, invitation, becomes):
    first = becomes(invitation, "sent").delivery
    resend_invitation(session, invitation, by=session.primary)
    Invitation.objects.update(email="")

    note_event(
        Reading("bounced", "came_back", "550 carol@example.com"), marks=[first.message_id], provider="", provider_id=""
    )

    first.refresh_from_db()
    assert (first.state, first.detail) == ("bounced", "")


def test_words_go_with_the_whole_session(session, invitation, becomes):
    becomes(invitation, "bounced", "bad_address", "550 carol@example.com is unknown")
    Invitation.objects.all().delete()

    forget_replies()

    assert Delivery.objects.get().detail == ""
