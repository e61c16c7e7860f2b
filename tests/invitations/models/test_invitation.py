from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from invitations.models import Invitation
from sessions_app.models import Participant
from supportcenter.mail.models import Delivery

NOW = timezone.now()
LATER = NOW + timedelta(hours=1)
MINUTES = [NOW - timedelta(minutes=9 - minute) for minute in range(9)]


def unsaved(**times):
    """`mail`: what became of it."""
    delivery = Delivery(state=times.pop("mail", "queued"))
    if delivery.state not in {"queued", "deferred"}:
        delivery.sent_at = NOW
    return Invitation(**{"channel": "email", "expires_at": LATER, "delivery": delivery, **times})


@pytest.mark.parametrize(
    ("times", "state"),
    [
        ({}, "queued"),
        ({"mail": "sent"}, "sent"),
        ({"mail": "failed"}, "failed"),
        ({"mail": "deferred"}, "deferred"),
        ({"mail": "delivered"}, "delivered"),
        ({"mail": "bounced"}, "bounced"),
        ({"mail": "rejected"}, "rejected"),
        ({"mail": "complained"}, "complained"),
        ({"mail": "withdrawn"}, "withdrawn"),
        ({"mail": "bounced", "opened_at": NOW}, "opened"),
        ({"channel": "own_program"}, "sent_by_you"),
        ({"mail": "sent", "opened_at": NOW}, "opened"),
        ({"channel": "own_program", "opened_at": NOW}, "opened"),
        ({"opened_at": NOW, "expires_at": NOW}, "expired"),
        ({"opened_at": NOW, "joined_at": NOW, "expires_at": NOW}, "joined"),
        ({"joined_at": NOW, "revoked_at": NOW}, "revoked"),
    ],
)
def test_the_state_is_read_off_the_times_and_the_mail(times, state):
    assert unsaved(**times).state == state


@pytest.mark.parametrize(
    ("times", "since"),
    [
        ({"mail": "bounced"}, 2),
        ({"mail": "bounced", "opened_at": MINUTES[3]}, 3),
        ({"channel": "own_program"}, 1),
        ({"opened_at": MINUTES[3], "joined_at": MINUTES[4]}, 4),
        ({"joined_at": MINUTES[3], "revoked_at": MINUTES[4]}, 4),
        ({"expires_at": MINUTES[0]}, 0),
        ({"delivery": None}, 1),
    ],
)
def test_it_is_told_since_when(times, since):
    invitation = unsaved(created_at=MINUTES[1], **times)
    if invitation.delivery:
        invitation.delivery.changed_at = MINUTES[2]

    assert invitation.since == MINUTES[since]


@pytest.mark.parametrize("state", Invitation.State)
def test_every_state_has_a_label_in_both_languages(state):
    with override("en"):
        english = str(state.label)
    with override("ar"):
        assert str(state.label) != english


@pytest.mark.parametrize("reason", ["removed", "not_admitted"])
def test_customer_who_was_shown_out_has_used_up_the_invitation(reason):
    assert unsaved(participant=Participant(left_reason=reason)).is_revoked


def test_customer_who_left_may_come_back():
    assert not unsaved(participant=Participant(left_reason="left")).is_revoked


@pytest.mark.parametrize(
    ("times", "resendable", "revocable"),
    [
        ({}, False, True),
        ({"mail": "sent"}, True, True),
        ({"mail": "failed"}, True, True),
        ({"channel": "own_program"}, False, True),
        ({"mail": "sent", "expires_at": NOW}, True, False),
        ({"mail": "sent", "revoked_at": NOW}, False, False),
        ({"mail": "sent", "joined_at": NOW}, False, True),
    ],
)
def test_what_can_be_done_with_it(times, resendable, revocable):
    invitation = unsaved(**times)

    assert (invitation.is_resendable, invitation.is_revocable) == (resendable, revocable)
