from datetime import timedelta

import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.presence import (
    arrive,
    close_page,
    equip,
    lose,
    restore,
)
from sessions_app.errors import DashboardClosed, NotInSession, SessionHasEnded
from supportcenter import clock as now
from tests.factories import be_here, latest, make_assistant, types
from tests.sessions_app.actions.presence.conftest import PAGE, SECRET

pytestmark = pytest.mark.django_db


def test_reload_within_the_grace_ends_nothing(clock, session, primary):
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    clock.forward(seconds=9)
    arrive(session, page="page-2", secret=SECRET, by=primary)
    clock.forward(seconds=30)

    session.refresh_from_db()
    assert session.is_open


def test_closed_dashboard_ends_the_session_after_its_grace(clock, session, primary, carol):
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    clock.forward(seconds=9)
    session.refresh_from_db()
    assert session.is_open

    clock.forward(seconds=1)

    session.refresh_from_db()
    assert session.end_reason == "dashboard_closed"
    assert latest(session)[-1] == ("session.ended", {"reason": "dashboard_closed"})


def test_closed_dashboard_is_taken_up_by_its_own_tab_alone(session, primary):
    close_page(session, page=PAGE, secret=SECRET, by=primary)

    with pytest.raises(DashboardClosed):
        arrive(session, page="page-2", secret="another-tab", by=primary)


def test_lost_connection_gets_the_long_grace_and_is_told(clock, session, primary):
    before = len(latest(session))
    lose(session, page=PAGE, by=primary)

    [(event, data)] = latest(session, before)
    assert (event, data["participant"]) == ("participant.lost", primary.pk)
    clock.forward(seconds=59)
    session.refresh_from_db()
    assert session.is_open

    clock.forward(seconds=1)
    session.refresh_from_db()
    assert session.end_reason == "connection_lost"


def test_lost_page_that_returns_is_told_and_the_grace_is_void(clock, session, primary):
    lose(session, page=PAGE, by=primary)
    clock.forward(seconds=50)
    arrive(session, page=PAGE, secret=SECRET, by=primary)
    clock.forward(seconds=50)

    session.refresh_from_db()
    assert session.is_open
    assert types(session)[-2:] == ["participant.lost", "participant.returned"]


def test_second_absence_has_a_grace_of_its_own(clock, session, primary):
    lose(session, page=PAGE, by=primary)
    clock.forward(seconds=50)
    arrive(session, page=PAGE, secret=SECRET, by=primary)
    lose(session, page=PAGE, by=primary)
    clock.forward(seconds=50)

    session.refresh_from_db()
    assert session.is_open


def test_return_after_both_a_lost_connection_and_a_beacon_is_told(session, primary):
    lose(session, page=PAGE, by=primary)
    close_page(session, page=PAGE, secret=SECRET, by=primary)

    arrive(session, page="page-2", secret=SECRET, by=primary)

    assert types(session)[-3:] == ["participant.lost", "participant.expected", "participant.returned"]


def test_others_are_told_whenever_the_grace_of_a_lost_page_runs_until_another_time(clock, session, primary):
    def told():
        return latest(session)[-1][1]["until"]

    lose(session, page=PAGE, by=primary)
    assert told() == (now.now() + timedelta(seconds=60)).isoformat()
    clock.forward(seconds=5)
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    assert told() == (now.now() + timedelta(seconds=10)).isoformat()
    clock.forward(seconds=5)
    restore(session, by=primary)
    assert told() == (now.now() + timedelta(seconds=60)).isoformat()
    assert types(session)[-3:] == ["participant.lost", "participant.expected", "participant.expected"]


def test_a_page_that_says_again_that_it_closes_changes_nothing(clock, session, primary):
    lose(session, page=PAGE, by=primary)
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    before = latest(session)
    clock.forward(seconds=9)
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    assert latest(session) == before
    clock.forward(seconds=1)
    session.refresh_from_db()
    assert session.end_reason == "dashboard_closed"


def test_beacon_after_the_lost_connection_shortens_the_grace(clock, session, primary):
    lose(session, page=PAGE, by=primary)
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    clock.forward(seconds=10)

    session.refresh_from_db()
    assert session.end_reason == "dashboard_closed"


@pytest.mark.parametrize(("page", "secret"), [("page-0", SECRET), (PAGE, "another-tab")])
def test_beacon_of_a_page_that_does_not_hold_the_seat_is_void(clock, session, primary, page, secret):
    close_page(session, page=page, secret=secret, by=primary)
    clock.forward(seconds=30)

    session.refresh_from_db()
    assert session.is_open


def test_late_news_of_an_earlier_page_is_void(clock, session, primary):
    arrive(session, page="page-2", secret=SECRET, by=primary)
    lose(session, page=PAGE, by=primary)
    clock.forward(minutes=5)

    session.refresh_from_db()
    assert session.is_open


def test_second_tab_takes_over_and_names_the_first(session, primary):
    assert arrive(session, page="page-2", secret="tab-2", by=primary) == PAGE
    assert arrive(session, page="page-2", secret="tab-2", by=primary) == ""


def test_customer_who_stays_away_leaves(clock, session, carol, amal):
    lose(session, page=carol.page, by=carol)
    clock.forward(seconds=60)

    carol.refresh_from_db()
    session.refresh_from_db()
    assert (carol.left_reason, session.is_open, amal.desk.customers) == ("lost", True, 0)


def test_assistant_who_closes_their_page_leaves(clock, session, bilal):
    assistant = be_here(make_assistant(session, bilal), page=PAGE, secret=SECRET)

    close_page(session, page=PAGE, secret=SECRET, by=assistant)
    clock.forward(seconds=10)

    assistant.refresh_from_db()
    assert assistant.left_reason == "closed"


def test_nobody_arrives_after_leaving_or_the_end(session, carol):
    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        arrive(session, page=PAGE, secret=SECRET, by=carol)

    end_session(session, by=session.primary)
    with pytest.raises(SessionHasEnded):
        arrive(session, page=PAGE, secret=SECRET, by=session.primary)


def test_page_tells_what_it_can_once(session, carol):
    before = len(latest(session))

    equip(session, can={"screen": True, "voice": 1, "root": True}, by=carol)
    equip(session, can={"screen": True, "voice": 1, "root": True}, by=carol)

    told = {"participant": carol.pk, "can": {"voice": True, "screen": True}}
    assert latest(session, before) == [("participant.equipped", told)]
