import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.device import note_device
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.errors import NotInSession, SessionHasEnded
from supportcenter.live.models import Audience, Event
from tests.factories import latest

pytestmark = pytest.mark.django_db


def test_what_was_found_is_told_to_staff_alone_and_once(session, carol):
    before = len(latest(session))

    note_device(session, device={"browser": "chrome", "version": 148}, by=carol)
    note_device(session, device={"browser": "chrome", "version": 148}, by=carol)

    carol.refresh_from_db()
    assert carol.device == {"browser": "chrome", "version": 148}
    told = {"participant": carol.pk, "device": carol.device}
    assert latest(session, before) == [("participant.checked", told)]
    assert Event.objects.latest("pk").audience == Audience.STAFF


def test_what_was_said_last_is_true_of_another_device_too(session, carol):
    """The seat moved from a computer whose network had been looked at to a phone (E38)."""
    note_device(session, device={"system": "windows", "udp": "unreached"}, by=carol)
    note_device(session, device={"system": "ios", "phone": "yes"}, by=carol)

    carol.refresh_from_db()
    assert carol.device == {"system": "ios", "phone": "yes"}


def test_nothing_is_noted_of_somebody_who_is_not_there(session, carol):
    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        note_device(session, device={"phone": "no"}, by=carol)

    end_session(session, by=session.primary)
    with pytest.raises(SessionHasEnded):
        note_device(session, device={"phone": "no"}, by=carol)


def test_it_is_erased_with_the_customer_and_from_the_log(session, carol, dana):
    note_device(session, device={"browser": "firefox", "version": 140}, by=carol)
    end_session(session, by=session.primary)

    erase_customer(session, carol, by=dana)

    carol.refresh_from_db()
    assert carol.device == {}
    [checked] = Event.objects.filter(type="participant.checked")
    assert checked.data == {"participant": carol.pk, "device": {}}
