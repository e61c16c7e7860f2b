"""What a crash leaves behind is found (acd 15)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.webacd.factories import enter, offered
from webacd.actions import reconcile as module
from webacd.actions.entering import waiting
from webacd.actions.reconcile import reconcile
from webacd.models import Offer, QueueEntry, SupportRequest

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


def test_run_corrects_so_much_and_the_next_one_the_rest(queue, policy, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    for number in range(3):
        enter(queue, f"Carol {number}")
    QueueEntry.objects.update(offered_until=timezone.now() - timedelta(seconds=6))
    reconcile()
    assert QueueEntry.objects.free().count() == 2
    reconcile()
    assert QueueEntry.objects.free().count() == 3


def test_the_longest_silent_are_found_first(queue, policy, monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 2)
    for name, ago in (("Ann", 200), ("Ben", 400), ("Carol", 300), ("Dan", 0)):
        request = enter(queue, name)
        SupportRequest.objects.filter(pk=request.pk).update(last_seen_at=timezone.now() - timedelta(seconds=ago))

    def found():
        waiting.find_silent(timedelta(seconds=60))
        return sorted(SupportRequest.objects.exclude(away_since=None).values_list("name", flat=True))

    assert found() == ["Ben", "Carol"]
    assert found() == found() == ["Ann", "Ben", "Carol"]
