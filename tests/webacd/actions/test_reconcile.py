"""What a crash leaves behind is found (acd 15)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.webacd.factories import enter, offered
from webacd.actions.reconcile import reconcile
from webacd.models import Offer, QueueEntry

pytestmark = pytest.mark.django_db


def test_offer_whose_deadline_was_lost_is_closed(queue, amal_agent, time_machine):
    enter(queue)
    offer = offered(amal_agent)
    time_machine.move_to(offer.expires_at + timedelta(seconds=6), tick=False)
    reconcile()
    offer.refresh_from_db()
    assert (offer.state, QueueEntry.objects.get().offered_until) == (Offer.State.UNANSWERED, None)


def test_entry_held_by_nothing_is_freed(queue):
    enter(queue)
    QueueEntry.objects.update(offered_until=timezone.now() - timedelta(seconds=6))
    reconcile()
    assert QueueEntry.objects.get().offered_until is None
