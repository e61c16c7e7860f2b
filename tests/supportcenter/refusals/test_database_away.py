"""A database that is away is told in a sentence; what is broken stays an error."""

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from psycopg.errors import AdminShutdown, UndefinedTable
from psycopg.errors import OperationalError as BrokenConnection

from supportcenter.refusals.database_away import is_database_away


def raised(error, cause):
    try:
        raise error from cause
    except type(error) as caught:
        return caught


class Sqlite(Exception):  # noqa: N818 - as the driver's
    def __init__(self, name):
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    "error",
    [
        raised(OperationalError("terminating connection"), AdminShutdown()),
        raised(OperationalError("connection refused"), BrokenConnection()),
        raised(OperationalError("database is locked"), Sqlite("SQLITE_BUSY")),
        raised(InterfaceError("the connection is closed"), BrokenConnection()),
        raised(RuntimeError("in a view"), raised(OperationalError("connection refused"), BrokenConnection())),
    ],
    ids=str,
)
def test_lost_connections_and_busy_databases_pass(error):
    assert is_database_away(error)


@pytest.mark.parametrize(
    "error",
    [
        None,
        RuntimeError("a fault"),
        OperationalError("of no driver"),
        raised(OperationalError("no such table"), Sqlite("SQLITE_ERROR")),
        raised(ProgrammingError("no such table"), UndefinedTable()),
    ],
    ids=str,
)
def test_faults_do_not(error):
    assert not is_database_away(error)


@pytest.fixture
def database_is_away(monkeypatch):
    """As it looks to whatever asks it."""

    def away(*args, **options):
        raise OperationalError("connection refused") from BrokenConnection()

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "cannot reach its database"), ("ar", "قاعدة بياناته")])
def test_page_says_so_in_the_readers_language(client, database_is_away, language, words):
    client.raise_request_exception = False

    answer = client.get("/accounts/login/?next=/", headers={"Accept-Language": language, "Cookie": "sessionid=x"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_script_is_told_to_ask_again(client, database_is_away):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x"

    answer = client.get("/", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "database_away")
