import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.move_seat import move_seat
from sessions_app.actions.presence.presence import lose
from sessions_app.errors import NotInSession, SessionHasEnded
from supportcenter.browser_secrets import digest
from supportcenter.jobs.models import Job
from tests.factories import types

pytestmark = pytest.mark.django_db


def test_move_seat_gives_the_seat_a_new_secret(session, carol):
    former_page, former_seat = carol.page, carol.seat_hash
    happened = types(session)

    seat = move_seat(session, by=carol)
    lose(session, page=former_page, by=carol)

    carol.refresh_from_db()
    assert carol.seat_hash == digest(seat) != former_seat
    assert (carol.is_present, carol.away_how) == (True, "arriving")
    assert types(session) == happened
    assert Job.objects.filter(kind="sessions.absence_over", payload={"participant": carol.pk}).exists()


def test_move_seat_is_the_customers_alone(session):
    with pytest.raises(NotInSession):
        move_seat(session, by=session.primary)


def test_move_seat_of_who_has_left_is_refused(session, carol):
    leave_session(session, by=carol)

    with pytest.raises(NotInSession):
        move_seat(session, by=carol)


def test_move_seat_in_an_ended_session_is_refused(session, carol):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        move_seat(session, by=carol)
