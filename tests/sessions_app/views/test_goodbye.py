"""The last page of a customer says what happened: only an end on purpose is thanked for."""

import pytest
from django.db import transaction

from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.farewell import Farewell, farewell

pytestmark = pytest.mark.django_db

Reason = SupportSession.EndReason
FACES = {
    Reason.ENDED: "Thank you",
    Reason.ENDED_BY_ADMIN: "Thank you",
    Reason.DASHBOARD_CLOSED: "The representative’s page was closed",
    Reason.CONNECTION_LOST: "The connection to the representative was lost",
    Reason.ACCOUNT_DISABLED: "The representative could not continue",
    Reason.QUIET: "The session ended because nothing happened for a while",
    Reason.ABANDONED: "No one is available right now",
}


def end(session, reason):
    with transaction.atomic():
        close_session(session.locked(), reason=reason)


def goodbye(seat, session):
    return seat.get(f"/support/{session.key}/").content.decode()


@pytest.mark.parametrize(("reason", "heading"), FACES.items())
def test_page_says_why_the_session_is_over(seat, session, reason, heading):
    end(session, reason)
    assert f"<h1>{heading}</h1>" in goodbye(seat, session)


@pytest.mark.parametrize("reason", [Reason.ENDED, Reason.DASHBOARD_CLOSED, Reason.QUIET])
def test_survey_is_asked_below_what_happened(seat, session, reason):
    end(session, reason)
    page = goodbye(seat, session)
    assert page.index("<h1>") < page.index("How satisfied are you with the help?")


def test_who_had_left_before_an_accident_reads_nothing_of_it(seat, session, carol):
    leave_session(session, by=carol)
    assert "<h1>You have left the session</h1>" in goodbye(seat, session)
    end(session, Reason.DASHBOARD_CLOSED)
    assert "<h1>Thank you</h1>" in goodbye(seat, session)


def test_who_was_away_when_it_ended_reads_what_happened(session, carol):
    for reason in (Participant.LeftReason.LOST, Participant.LeftReason.CLOSED):
        carol.left_reason = reason
        session.ended_at, session.end_reason = session.started_at, Reason.CONNECTION_LOST
        assert farewell(session, carol) == Farewell.CONNECTION_LOST


def test_who_stood_in_the_lobby_was_not_let_in(seat, session, carol):
    Participant.objects.filter(pk=carol.pk).update(admitted_at=None)
    end(session, Reason.ENDED)
    page = goodbye(seat, session)
    assert "<h1>The session ended before you were let in</h1>" in page
    assert "Is the problem solved?" not in page
