"""Regions that an event touches, in one answer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.views.room import CSR_REGIONS, CUSTOMER_REGIONS
from tests.factories import make_customer
from tests.sessions_app.views.asking import FETCH

pytestmark = pytest.mark.django_db
# A page of a session has as many at most (test_query_counts.py).
MOST = 8
# Those of a page, and the events that each names.
REGION = re.compile(r'data-region-url="[^"]*/regions/(\w+)/"[^>]*data-refresh-on="([^"]*)"')


def ask(browser, name, session, names, **headers):
    return browser.get(reverse(name, args=[session.key]), {"names": ",".join(names)}, headers=FETCH | headers)


@pytest.mark.parametrize(
    ("browser", "every", "one", "names"),
    [
        ("desk", "dashboard_regions", "dashboard_region", list(CSR_REGIONS)),
        ("seat", "customer_regions", "customer_region", list(CUSTOMER_REGIONS)),
    ],
)
def test_regions_together_are_what_each_is_alone(request, session, carol, browser, every, one, names):
    browser = request.getfixturevalue(browser)
    answer = ask(browser, every, session, names)

    together = {name: drawn["html"] for name, drawn in answer.json().items()}
    alone = {name: browser.get(reverse(one, args=[session.key, name])).content.decode() for name in names}
    assert list(together) == names
    assert {name: without_tokens(html) for name, html in together.items()} == {
        name: without_tokens(html) for name, html in alone.items()
    }
    assert "private" in answer["Cache-Control"]


def test_regions_that_apps_above_add_are_among_them(desk, session):
    drawn = ask(desk, "dashboard_regions", session, ["tab", "invite"]).json()
    assert f'id="invite-panel-{session.key}"' in drawn["invite"]["html"]


def without_tokens(html):
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


def test_regions_together_cost_as_many_statements_as_the_dearest_alone(desk, session, carol):
    # Neither who could be asked to assist nor what is known of the customer is part of the room: each comes when it is
    # shown.
    names = [name for name in CSR_REGIONS if name not in {"askable", "customer"}]
    ask(desk, "dashboard_regions", session, names)
    with CaptureQueriesContext(connection) as asked:
        ask(desk, "dashboard_regions", session, names)
    assert len(asked) <= MOST + 1, [one["sql"] for one in asked]


@pytest.mark.parametrize(
    ("browser", "page", "every"),
    [("desk", "dashboard", "dashboard_regions"), ("seat", "remote_support", "customer_regions")],
)
def test_customer_who_joins_is_read_once_by_each_page(request, session, carol, browser, page, every):
    browser = request.getfixturevalue(browser)
    html = browser.get(reverse(page, args=[session.key])).content.decode()
    names = [name for name, heard in REGION.findall(html) if "participant.joined" in heard.split()]
    make_customer(session, "Omar")
    with CaptureQueriesContext(connection) as asked:
        answer = ask(browser, every, session, names)
    assert list(answer.json()) == names
    assert len(names) >= 2
    assert len(asked) <= MOST, [one["sql"] for one in asked]


def test_what_has_not_changed_is_not_sent_again(desk, session, carol):
    names = list(CSR_REGIONS)
    first = ask(desk, "dashboard_regions", session, names)
    tag = {"if-none-match": first["ETag"]}

    again = ask(desk, "dashboard_regions", session, names, **tag)
    assert (again.status_code, again.content) == (304, b"")
    assert first["ETag"] == '"{}"'.format(".".join(one["tag"] for one in first.json().values()))
    # In another language, or with one more person, it is something else.
    assert ask(desk, "dashboard_regions", session, names, **tag, **{"accept-language": "ar"}).status_code == 200
    make_customer(session, "Omar")
    changed = ask(desk, "dashboard_regions", session, names, **tag)
    assert changed.status_code == 200
    differing = {name for name in names if changed.json()[name]["tag"] != first.json()[name]["tag"]}
    assert "roster" in differing
    assert "files" not in differing


def test_page_that_keeps_what_it_has_is_sent_the_rest(desk, session, carol):
    names = list(CSR_REGIONS)
    first = ask(desk, "dashboard_regions", session, names)
    make_customer(session, "Omar")
    known = {"if-none-match": f"W/{first['ETag']}"}
    everything = ask(desk, "dashboard_regions", session, names, **known).json()
    rest = ask(desk, "dashboard_regions", session, names, **known, prefer="return=minimal").json()

    tags = {name: drawn["tag"] for name, drawn in first.json().items()}
    assert {name for name in names if "html" in rest[name]} == {n for n in names if rest[n]["tag"] != tags[n]}
    assert "html" in rest["roster"]
    assert rest["files"] == {"tag": tags["files"]}
    assert all("html" in drawn for drawn in everything.values())
    # Of other regions than it asks for now, it has none.
    others = ask(desk, "dashboard_regions", session, ["roster"], **known, prefer="return=minimal").json()
    assert "html" in others["roster"]


def test_customer_is_given_no_region_of_the_staff(seat, session):
    assert ask(seat, "customer_regions", session, ["roster"]).status_code == 200
    for of_staff in ("tools", "invite", "nothing"):
        assert ask(seat, "customer_regions", session, ["roster", of_staff]).status_code == 404


def test_nobody_is_given_regions_of_a_session_that_they_left(seat, session, carol):
    leave_session(session, by=carol)
    assert ask(seat, "customer_regions", session, ["roster"]).status_code == 410
