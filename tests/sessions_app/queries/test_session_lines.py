"""The list of sessions as a file: what the page says of each, at a cost that does not grow with them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from sessions_app.forms.reports import SessionFilterForm
from sessions_app.models import ClosingReason, SupportSession, TrackingField
from sessions_app.queries import session_lines
from sessions_app.queries.reports import SessionLine, sessions_for
from sessions_app.queries.session_lines import file_lines
from sessions_app.views.session_file import session_columns, session_rows
from supportcenter.reporting.tables import Table
from tests.sessions_app.histories import History

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# PostgreSQL has a clock of its own, which does not stand still: sessions that go on grow between two readings.
RUNNING = 0.2 if connection.vendor == "sqlite" else 0
STATES = dict(SessionFilterForm.STATES)


def row_by_models(line, fields):
    """The row as the models themselves have it."""
    session = line.session
    return [
        session.number,
        timezone.localtime(session.started_at).isoformat(timespec="seconds"),
        session.ended_at and timezone.localtime(session.ended_at).isoformat(timespec="seconds"),
        session.length,
        ", ".join(one.display_name for one in line.csrs),
        ", ".join(one.display_name for one in line.customers),
        str(STATES[session.state]),
        session.get_end_reason_display(),
        line.rating,
        *(next((each.value for each in line.tracking if each.field == field), "") for field in fields),
        ", ".join(tag.label for tag in line.tags),
        str(ClosingReason.objects.filter(closings__session=session).first() or ""),
    ]


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_rows_are_those_of_the_models(dana, monkeypatch, seed, language):
    monkeypatch.setattr(session_lines, "AT_ONCE", 7)
    history = History(seed, running=RUNNING)
    history.keep(history.add(60))
    fields = list(TrackingField.objects.all())
    zone = timezone.get_fixed_timezone(330 * seed)
    with translation.override(language), timezone.override(zone):
        expected = [row_by_models(SessionLine(session), fields) for session in sessions_for(dana)]
        assert len(expected) == 60
        rows = session_rows(file_lines(sessions_for(dana)), fields)
        table = Table("sessions", "Sessions", session_columns(fields), rows)
        assert list(map(repr, table.plain_rows())) == list(map(repr, expected))


def test_sessions_are_read_in_plain_values_some_at_a_time(dana, monkeypatch):
    monkeypatch.setattr(session_lines, "AT_ONCE", 10)
    History(1).add(30)
    lines = file_lines(sessions_for(dana))
    with CaptureQueriesContext(connection) as captured:
        for _ in range(10):
            next(lines)
    assert len(captured) <= 7
    with CaptureQueriesContext(connection) as captured:
        assert len(list(lines)) == 20
    assert len(captured) <= 12


def test_session_that_is_deleted_meanwhile_is_left_out(dana, monkeypatch):
    monkeypatch.setattr(session_lines, "AT_ONCE", 2)
    History(2).add(6)
    lines = file_lines(sessions_for(dana))
    first = next(lines)
    SupportSession.objects.exclude(number=first.number).delete()
    # The second was read together with the first.
    assert len(list(lines)) == 1


def test_no_more_keys_are_read_than_a_file_holds(dana, monkeypatch):
    monkeypatch.setattr(session_lines, "MOST_ROWS", 5)
    History(3).add(9)
    # One more than it holds, by which the file knows that there is more.
    assert len(list(file_lines(sessions_for(dana)))) == 6
