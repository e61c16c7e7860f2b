"""What each representative did: counted by the database as it was counted from one session after the other."""

from dataclasses import dataclass, field
from statistics import mean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.queries.figures import figures_by_csr
from sessions_app.queries.reports import SessionLine, sessions_for
from supportcenter import clock
from supportcenter.reporting.days import day_span
from tests.factories import make_team
from tests.plans import scans, statements
from tests.sessions_app.histories import History

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# PostgreSQL has a clock of its own, which does not stand still: sessions that go on grow between two readings.
RUNNING = 0.2 if connection.vendor == "sqlite" else 0
COLUMNS = ["name", "sessions", "assisted", "customers", "total_length", "average_length", "average_rating"]


@dataclass
class Counted:
    """One representative's figures, from every session itself."""

    name: str
    lengths: list = field(default_factory=list)
    customers: int = 0
    assisted: int = 0
    ratings: list = field(default_factory=list)

    def count(self, line, *, in_control):
        if not in_control:
            self.assisted += 1
            return
        self.lengths.append(line.session.length)
        self.customers += sum(one.is_admitted for one in line.customers)
        self.ratings += [answer.rating for answer in line.answers]

    @property
    def row(self):
        length = round(mean(self.lengths)) if self.lengths else None
        rating = round(mean(self.ratings), 1) if self.ratings else None
        return [
            self.name, len(self.lengths), self.assisted, self.customers, sum(self.lengths), length, rating
        ]  # fmt: skip


def counted_one_by_one(user, span):
    found = {}
    for session in sessions_for(user, span=span).order_by("-pk"):
        line = SessionLine(session)
        for csr in line.csrs:
            if user.is_manager or csr.user_id in {user.pk, *user.people_led}:
                found.setdefault(csr.user_id, Counted(csr.name)).count(
                    line, in_control=csr.user_id == line.primary_user
                )
    return sorted(found.values(), key=lambda figures: (-len(figures.lengths), figures.name))


def rows_of(figures):
    return [[getattr(one, column) for column in COLUMNS] for one in figures]


def in_order(rows):
    """Who has as many sessions and the same name as another may come before or after."""
    return sorted(map(repr, rows))


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(8))
def test_figures_are_those_of_the_sessions_one_by_one(dana, seed):
    history = History(seed, running=RUNNING)
    history.add(80)
    today = clock.now().date()
    spans = [None] + [
        day_span(today.replace(day=1), today, history.random_zone()),
        (history.some_time_ago(10), history.some_time_ago(2)),
        (history.some_time_ago(5), clock.now()),
    ]
    make_team("Billing", history.csrs[1], lead=history.csrs[0])
    for user in [dana, *history.csrs]:
        for span in spans:
            expected = [one.row for one in counted_one_by_one(user, span)]
            figures = rows_of(figures_by_csr(user, span))
            assert [row[1] for row in figures] == [row[1] for row in expected]
            assert in_order(figures) == in_order(expected)
    assert len(expected) <= 1 < len(figures_by_csr(dana, None))


@pytest.mark.both_databases
def test_name_is_the_one_of_the_latest_session(dana):
    history = History(11)
    history.add(40)
    named = {one.name for one in figures_by_csr(dana, None)}
    assert named == {one.name for one in counted_one_by_one(dana, None)}


def test_queries_do_not_grow_with_the_sessions(dana):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert figures_by_csr(dana, None)
        return len(captured)

    history = History(12)
    history.add(20)
    few = queries()
    history.add(600)
    assert queries() == few == 4


def test_no_session_no_figures(dana, amal):
    assert figures_by_csr(dana, None) == figures_by_csr(amal, None) == []


@pytest.mark.parametrize("who", ["dana", "csr", "lead"])
def test_figures_of_some_days_read_no_other_days(dana, who):
    history = History(13)
    history.add(20)
    make_team("Billing", *history.csrs[2:], lead=history.csrs[1])
    user = {"dana": dana, "csr": history.csrs[0], "lead": history.csrs[1]}[who]
    tables = {"sessions_app_supportsession", "sessions_app_participant", "sessions_app_surveyanswer"}
    with statements() as found:
        assert figures_by_csr(user, (history.some_time_ago(9), clock.now()))
    assert scans(found, tables) == []
