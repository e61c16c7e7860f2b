"""What became of sessions: counted by the database as it is counted from one session after the other."""

from datetime import timedelta
from statistics import mean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions_app.models import ClosingReason, Participant
from sessions_app.queries.outcomes import outcomes
from sessions_app.queries.overview import sessions_in
from supportcenter.reporting.ranges import Range
from tests.plans import scans, statements
from tests.sessions_app.histories import History

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# PostgreSQL has a clock of its own, which does not stand still: sessions that go on grow between two readings.
RUNNING = 0.2 if connection.vendor == "sqlite" else 0
NONE = {"No closing reason", "No tag"}


def history(seed, sessions):
    ClosingReason.objects.all().delete()
    for name in ("Solved", "Passed on"):
        ClosingReason.objects.create(name=name)
    made = History(seed, running=RUNNING)
    made.keep(made.add(sessions))
    return made


def days_ago(first, last):
    today = timezone.localdate()
    return today - timedelta(days=first), today - timedelta(days=last)


def one_by_one(user, since, until, csr):
    span = Range.of(since, until, timezone.get_current_timezone()).span
    by_reason, by_tag = {}, {}
    sessions = sessions_in(user, span).prefetch_related("tags", "participants__survey_answer")
    whole = 0
    for session in sessions.select_related("primary", "closing__reason"):
        if csr and (session.primary is None or session.primary.user_id != csr.pk):
            continue
        whole += 1
        closing = getattr(session, "closing", None)
        reason = closing.reason.label if closing and closing.reason else "No closing reason"
        by_reason.setdefault(reason, []).append(session)
        for tag in [tag.label for tag in session.tags.all()] or ["No tag"]:
            by_tag.setdefault(tag, []).append(session)
    return whole, *(sorted(_row(name, group, whole) for name, group in found.items()) for found in (by_reason, by_tag))


def _row(name, group, whole):
    ratings = [
        one.survey_answer.rating
        for session in group
        for one in session.participants.all()
        if one.is_customer and hasattr(one, "survey_answer")
    ]
    length = round(mean(session.length for session in group))
    rating = round(mean(ratings), 1) if ratings else None
    return name, len(group), round(100 * len(group) / whole, 1), length, str(rating)


def rows(found):
    return sorted((one.name, one.sessions, one.share, one.average_length, str(one.average_rating)) for one in found)


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(4))
def test_they_are_those_of_the_sessions_one_by_one(dana, seed):
    made = history(seed, 80)
    named = set()
    for user in (dana, *made.csrs[:2]):
        for days in (days_ago(12, 0), days_ago(7, 3)):
            for csr in (None, made.csrs[0]):
                found = outcomes(user, *days, csr=csr)
                assert (found.sessions, rows(found.by_reason), rows(found.by_tag)) == one_by_one(user, *days, csr)
                named |= {one.name for one in (*found.by_reason, *found.by_tag)}
    assert named == {"Solved", "Passed on", "Urgent", "Late", *NONE}


def test_most_come_first_and_those_without_last(dana):
    history(5, 60)
    found = outcomes(dana, *days_ago(12, 0))
    for group in (found.by_reason, found.by_tag):
        counts = [one.sessions for one in group[:-1]]
        assert counts == sorted(counts, reverse=True)
        assert [one.is_none for one in group] == [False] * len(counts) + [True]


def test_shares_of_tags_are_of_all_sessions(dana):
    history(6, 60)
    found = outcomes(dana, *days_ago(12, 0))
    assert sum(one.sessions for one in found.by_tag) > found.sessions == 60
    assert sum(one.sessions for one in found.by_reason) == 60


def test_queries_do_not_grow_with_the_sessions(dana):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert outcomes(dana, *days_ago(12, 0)).sessions
        return len(captured)

    made = history(7, 20)
    few = queries()
    made.add(300)
    assert queries() == few == 6


@pytest.mark.parametrize("who", ["dana", "csr"])
def test_some_days_read_no_other_days(dana, who):
    made = history(8, 40)
    user = dana if who == "dana" else made.csrs[0]
    tables = {
        "sessions_app_supportsession", "sessions_app_participant", "sessions_app_surveyanswer",
        "sessions_app_sessionclosing", "sessions_app_supportsession_tags",
    }  # fmt: skip
    with statements() as found:
        outcomes(user, *days_ago(9, 8), csr=made.csrs[1])
        outcomes(user, *days_ago(9, 8))
    assert scans(found, tables) == []


def test_no_session_nothing_to_tell(dana):
    found = outcomes(dana, *days_ago(3, 0))
    assert (found.sessions, found.by_reason, found.by_tag) == (0, [], [])
    assert not Participant.objects.exists()
