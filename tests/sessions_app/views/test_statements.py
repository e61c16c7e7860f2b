"""What one line of chat costs the database: the whole request, reading who it is and all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_assistant
from tests.sessions_app.views.asking import send

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MOST = 8


def statements(browser, name, session):
    """Those of a line that follows another, as they mostly do."""
    assert send(browser, name, session, text="One", client_id="1").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert send(browser, name, session, text="Two", client_id="2").status_code == 200
    # Those of a test's own transaction, which the site's is inside of.
    savepoints = ("SAVEPOINT", "RELEASE SAVEPOINT")
    return [one["sql"] for one in asked if not one["sql"].startswith(savepoints)]


@pytest.mark.parametrize(("browser", "name"), [("desk", "send_message"), ("seat", "customer_send_message")])
def test_line_of_chat_takes_few_statements(request, session, bilal, carol, browser, name):
    make_assistant(session, bilal)
    asked = statements(request.getfixturevalue(browser), name, session)

    assert len(asked) <= MOST, "\n".join(asked)
