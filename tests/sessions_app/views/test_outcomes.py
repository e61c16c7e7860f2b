"""The report by closing reason and tag: whose sessions count, how it is narrowed down, and the file."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import ClosingReason, SessionClosing, Tag
from tests.factories import make_session
from tests.workbooks import ReadWorkbook

pytestmark = pytest.mark.django_db
PAGE, CSV, XLSX = "/reports/reasons/", "/reports/reasons.csv", "/reports/reasons.xlsx"


@pytest.fixture
def as_(client):
    def as_(user):
        client.force_login(user)
        return client

    return as_


def ended(csr, reason, *tags):
    session = make_session(csr)
    end_session(session, by=session.primary)
    SessionClosing.objects.update_or_create(session=session, defaults={"user": csr, "reason": reason})
    session.tags.set(tags)
    return session


@pytest.fixture
def kept(policy, amal, faris):
    """Two sessions of amal and one of faris."""
    ClosingReason.objects.all().delete()
    solved = ClosingReason.objects.create(name="Solved", name_ar="حُلّت")
    formula, printers = Tag.objects.create(name="=SUM(A1)"), Tag.objects.create(name="<b>Printers</b>")
    ended(amal, solved, formula, printers)
    ended(amal, None)
    ended(faris, solved, printers)


def told(answer):
    found = answer.context["outcomes"]
    return [{one.name: one.sessions for one in rows} for rows in (found.by_reason, found.by_tag)]


def test_csrs_count_their_own_sessions_and_managers_all(as_, kept, amal, faris, dana, eve):
    assert told(as_(amal).get(PAGE)) == [
        {"Solved": 1, "No closing reason": 1}, {"<b>Printers</b>": 1, "=SUM(A1)": 1, "No tag": 1}
    ]  # fmt: skip
    assert told(as_(faris).get(PAGE)) == [{"Solved": 1}, {"<b>Printers</b>": 1}]
    assert told(as_(dana).get(PAGE))[0] == {"Solved": 2, "No closing reason": 1}
    for address in (PAGE, CSV, XLSX):
        assert as_(eve).get(address).status_code == 403


def test_managers_narrow_it_down_to_a_representative_and_others_cannot(as_, kept, amal, faris, dana):
    assert told(as_(dana).get(PAGE, {"csr": faris.pk}))[0] == {"Solved": 1}
    assert told(as_(amal).get(PAGE, {"csr": faris.pk}))[0] == {"Solved": 1, "No closing reason": 1}
    assert as_(dana).get(PAGE, {"csr": "x"}).status_code == 422


def test_the_days_decide(as_, kept, dana):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    answer = as_(dana).get(PAGE, {"since": yesterday, "until": yesterday})
    assert "No sessions in this period" in answer.content.decode()
    assert as_(dana).get(PAGE, {"since": "2024-02-30"}).status_code == 422


def test_names_are_text_and_in_the_language_of_the_page(as_, kept, dana):
    page = as_(dana).get(PAGE, headers={"Accept-Language": "ar"}).content.decode()
    assert "&lt;b&gt;Printers&lt;/b&gt;" in page
    assert "<b>Printers" not in page
    assert "حُلّت" in page


def test_a_drawing_shows_the_ten_with_most_and_the_table_all(as_, policy, amal, dana):
    ClosingReason.objects.all().delete()
    for number in range(12):
        ended(amal, ClosingReason.objects.create(name=f"Reason {number:02}"))
    page = as_(dana).get(PAGE).content.decode()
    drawn, _part, table = page.partition('id="all-reasons"')
    assert (drawn.count("Reason 0"), drawn.count("Reason 1")) == (10, 0)
    assert table.count("Reason ") == 12


def test_file_has_what_the_page_has(as_, kept, dana):
    answer = as_(dana).get(CSV)
    assert answer["Content-Disposition"] == 'attachment; filename="reasons-and-tags.csv"'
    head, *rows = csv.reader(answer.getvalue().decode("utf-8-sig").splitlines())
    assert head == ["By", "Name", "Sessions", "Share of all, per cent", "Average length in seconds", "Rating"]
    assert [row[:4] for row in rows] == [
        ["Closing reason", "Solved", "2", "66.7"],
        ["Closing reason", "No closing reason", "1", "33.3"],
        ["Tag", "<b>Printers</b>", "2", "66.7"],
        ["Tag", "'=SUM(A1)", "1", "33.3"],
        ["Tag", "No tag", "1", "33.3"],
    ]


def test_workbook_has_numbers(as_, kept, dana):
    book = ReadWorkbook(as_(dana).get(XLSX).getvalue())
    assert book.rows[1][:3] == ["Closing reason", "Solved", 2]
    assert book.formulas == []
