from datetime import datetime, timedelta

import pytest

from sessions_app.actions.presence.presence import (
    close_page,
    find_silent,
    lose,
    note_seen,
    restart_graces,
)
from supportcenter import clock as now
from supportcenter.live import SILENCE
from supportcenter.live.log.eventlog import events_of
from tests.factories import be_here, types
from tests.sessions_app.actions.presence.conftest import PAGE

pytestmark = pytest.mark.django_db


def test_restart_begins_every_grace_again(clock, session, primary, carol):
    lose(session, page=PAGE, by=primary)
    lose(session, page=carol.page, by=carol)
    clock._traveller.shift(600)  # the server was down: nothing ran

    restart_graces()
    told = [event.data for event in events_of(session.stream).filter(type="participant.expected")]
    clock.forward(seconds=59)

    session.refresh_from_db()
    carol.refresh_from_db()
    assert (session.is_open, carol.is_present) == (True, True)
    # Whose pages count the seconds down count the new ones.
    over = [datetime.fromisoformat(each["until"]) - now.now() for each in told]
    assert {each["participant"] for each in told} == {primary.pk, carol.pk}
    assert all(timedelta(0) < left <= timedelta(seconds=1) for left in over)


def test_pages_of_a_killed_process_are_found_lost(clock, session, primary, carol):
    clock.forward(seconds=40)
    note_seen([(carol.pk, carol.page)])
    clock.forward(seconds=6)

    find_silent(SILENCE)

    primary.refresh_from_db()
    carol.refresh_from_db()
    assert (primary.away_how, carol.is_here) == ("lost", True)


def test_stamp_of_a_living_page_heals_a_wrong_lost(clock, session, primary):
    clock.forward(seconds=50)
    find_silent(SILENCE)
    primary.refresh_from_db()
    assert primary.is_lost

    note_seen([(primary.pk, PAGE)])
    clock.forward(seconds=61)

    session.refresh_from_db()
    assert session.is_open
    assert types(session)[-2:] == ["participant.lost", "participant.returned"]


def test_stamp_heals_neither_another_page_nor_one_that_said_goodbye(session, primary, carol):
    lose(session, page=PAGE, by=primary)
    be_here(carol, page="page-c", secret="tab-c")
    close_page(session, page="page-c", secret="tab-c", by=carol)

    note_seen([(primary.pk, "an-older-page"), (carol.pk, "page-c")])

    primary.refresh_from_db()
    carol.refresh_from_db()
    assert (primary.away_how, carol.away_how) == ("lost", "closed")
