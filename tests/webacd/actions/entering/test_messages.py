"""What customers write instead of waiting: nothing that was taken is lost, and nothing is kept twice."""

import pytest
from django.utils import timezone

from supportcenter.live.log.eventlog import events_after
from tests.webacd.factories import enter
from webacd.actions.entering.messages import leave_message
from webacd.models import LeftMessage
from webacd.models.left_message import LONGEST

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def carol(queue):
    return enter(queue, "Carol")


def leave(carol, text, *, email="carol@example.org", press=""):
    return leave_message(carol.queue, name="Carol", email=email, text=text, request=carol, press=press)


def types_on(agent):
    return [event.type for event in events_after(agent.stream, 0, audience="staff")]


def texts():
    return sorted(LeftMessage.objects.values_list("text", flat=True))


def test_what_is_added_stands_below_and_is_told_again(carol):
    leave(carol, "The printer is offline.", press="1")
    leave(carol, "It is the one on floor 2.", press="2")
    assert texts() == ["The printer is offline.\n\nIt is the one on floor 2."]
    assert LeftMessage.objects.get().request == carol


def test_the_same_words_are_told_once(carol, amal_agent):
    for _ in range(2):
        leave(carol, "The printer is offline.", press="1")
    assert types_on(amal_agent).count("message.left") == 1
    leave(carol, "It is the one on floor 2.", press="2")
    assert types_on(amal_agent).count("message.left") == 2


@pytest.mark.parametrize("press", ["1", "2"])
def test_the_same_words_are_kept_once(carol, press):
    for text in ("The printer is offline.", "It is the one on floor 2.", "It is the one on floor 2."):
        leave(carol, text, press=press)
    assert texts() == ["The printer is offline.\n\nIt is the one on floor 2."]


@pytest.mark.parametrize("why", ["mailed", "answered", "full", "another address"])
def test_what_cannot_be_added_is_a_message_of_its_own(carol, amal, why):
    first = leave(carol, "x" * (LONGEST if why == "full" else 9), press="1")
    if why == "answered":
        LeftMessage.objects.update(answered_by=amal, answered_at=timezone.now())
    if why == "mailed":
        first.mark_mailed()
    email = "c@example.org" if why == "another address" else first.email
    second = leave(carol, "Please hurry.", press="2", email=email)
    assert second.pk != first.pk
    assert (second.text, second.request) == ("Please hurry.", None)
    first.refresh_from_db()
    assert "hurry" not in first.text
