import pytest

from sessions_app.actions.activities.activities import (
    start_activity,
)
from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.errors import (
    NoSuchParticipant,
    NotInControl,
)
from sessions_app.models import Activity
from tests.factories import latest, make_customer, types

pytestmark = pytest.mark.django_db


def test_switching_ends_sharing_and_nothing_else(session, carol):
    omar = make_customer(session, "Omar")
    start_activity(session, "voice", by=session.primary)
    start_activity(session, "recording", by=session.primary)
    start_activity(session, "share_desktop", by=session.primary)
    before = len(latest(session))

    switch_customer(session, omar, by=session.primary)

    session.refresh_from_db()
    assert session.current_customer == omar
    happened = latest(session, before)
    assert [event for event, _data in happened] == ["activity.stopped", "customer.switched"]
    assert (happened[0][1]["kind"], happened[0][1]["reason"]) == ("share_desktop", "switched")
    assert Activity.objects.running().count() == 2


def test_selecting_the_current_customer_does_nothing(session, carol):
    start_activity(session, "share_desktop", by=session.primary)
    told = types(session)

    switch_customer(session, carol, by=session.primary)

    assert types(session) == told


def test_switching_is_the_primarys_alone(session, carol, assistant):
    omar = make_customer(session, "Omar")

    with pytest.raises(NotInControl):
        switch_customer(session, omar, by=assistant)
    with pytest.raises(NoSuchParticipant):
        switch_customer(session, assistant, by=session.primary)

    session.refresh_from_db()
    assert session.current_customer == carol
