"""Reports: which sessions one may read of, how they are narrowed down, and what representatives did."""

import csv
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.models import SupportSession
from sessions_app.queries import reports
from tests.factories import make_assistant, make_customer, make_person, make_session
from tests.webacd.factories import make_queue
from tests.workbooks import ReadWorkbook

# Time stands still, so that a session lasts exactly as long as it is said to.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST, LIST_CSV, LIST_XLSX = "/reports/", "/reports/sessions.csv", "/reports/sessions.xlsx"
CSRS, CSRS_CSV, CSRS_XLSX = "/reports/representatives/", "/reports/representatives.csv", "/reports/representatives.xlsx"


@pytest.fixture
def as_(client):
    def as_(user):
        client.force_login(user)
        return client

    return as_


def listed(answer):
    return [line.session for line in answer.context["lines"]]


def lines_of(answer):
    return list(csv.reader(answer.getvalue().decode("utf-8-sig").splitlines()))


def ended(by, customer=None, *, rating=None, minutes=10):
    """A session that lasted so long."""
    session = make_session(by)
    one = make_customer(session, customer) if customer else None
    end_session(session, by=session.primary)
    if rating:
        one.refresh_from_db()
        one.session.refresh_from_db()
        answer_survey(one, solved="yes", rating=rating)
    SupportSession.objects.filter(pk=session.pk).update(started_at=session.started_at - timedelta(minutes=minutes))
    session.refresh_from_db()
    return session


def as_the_clock_has_it(at):
    """To the second, in the site's zone."""
    return timezone.localtime(at).replace(microsecond=0, tzinfo=None)


def test_csr_sees_the_sessions_they_were_in_and_managers_see_all(as_, amal, bilal, faris, dana):
    first, second = ended(amal, "Carol"), make_session(faris)
    make_assistant(second, bilal)
    assert listed(as_(amal).get(LIST)) == [first]
    assert listed(as_(bilal).get(LIST)) == [second]
    assert listed(as_(dana).get(LIST)) == [second, first]


def test_reports_are_not_for_others(as_, client, eve):
    for path in (LIST, LIST_CSV, LIST_XLSX, CSRS, CSRS_CSV, CSRS_XLSX):
        assert client.get(path).status_code == 302
        assert as_(eve).get(path).status_code == 403
        client.logout()


def test_list_is_narrowed_down(as_, amal, bilal, dana):
    carols = ended(amal, "Carol Lindqvist")
    waiting = make_session(amal)
    active = make_session(bilal)
    make_customer(active, "Omar")
    transferred = make_session(make_person("zoe"))
    SupportSession.objects.filter(pk=transferred.pk).update(primary=None)
    SupportSession.objects.filter(pk=carols.pk).update(started_at=timezone.now() - timedelta(days=40))
    day = (timezone.localdate() - timedelta(days=39)).isoformat()

    def found(**filters):
        return listed(as_(dana).get(LIST, filters))

    assert found(text="lindq") == [carols]
    assert found(text=carols.number_in_threes) == [carols]
    assert found(text=active.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == [active]
    assert found(text="nobody of this name") == []
    assert found(csr=bilal.pk) == [active]
    assert found(state="ended") == [carols]
    assert found(state="waiting") == [waiting]
    assert found(state="active") == [active]
    assert found(state="in_transfer") == [transferred]
    assert found(until=day) == [carols]
    assert found(since=day) == [transferred, active, waiting]


def test_csr_cannot_ask_for_somebody_elses_sessions(as_, amal, bilal):
    make_session(bilal)
    assert listed(as_(amal).get(LIST, {"csr": bilal.pk})) == []


@pytest.mark.parametrize("path", [LIST, LIST_CSV, LIST_XLSX, CSRS, CSRS_CSV, CSRS_XLSX])
@pytest.mark.parametrize("wrong", [{"since": "2026-02-30"}, {"since": "2026-03-02", "until": "2026-03-01"}])
def test_wrong_days_are_refused_with_a_sentence(as_, amal, path, wrong):
    answer = as_(amal).get(path, wrong)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"state": "asleep"}, {"csr": "x"}, {"text": "\0"}])
def test_wrong_filters_are_refused(as_, dana, session, wrong):
    assert as_(dana).get(LIST, wrong).status_code == 422


def test_pages_hold_each_session_once(as_, amal, monkeypatch):
    monkeypatch.setattr(reports, "PAGE", 2)
    all_of_them = [ended(amal) for _ in range(5)][::-1]
    seen, before = [], ""
    while before is not None:
        answer = as_(amal).get(LIST, {"state": "ended", "before": before})
        seen += listed(answer)
        before = answer.context["older"]
    assert seen == all_of_them
    assert "state=ended" in as_(amal).get(LIST, {"state": "ended"}).content.decode()


def test_place_that_is_no_number_is_the_first_page(as_, amal):
    session = ended(amal)
    assert listed(as_(amal).get(LIST, {"before": "-1 or 1"})) == [session]


def test_file_holds_the_filtered_list_and_no_formula(as_, amal):
    session = ended(amal, "=HYPERLINK(A1)", rating=4)
    ended(amal, "Omar")
    head, *rows = lines_of(as_(amal).get(LIST_CSV, {"text": "HYPER"}))
    assert head[0] == "Session number"
    (row,) = rows
    line = dict(zip(head, row, strict=True))
    assert line["Customers"] == "'=HYPERLINK(A1)"
    assert (line["Session number"], line["State"], line["How it ended"], line["Rating"]) == (
        session.number,
        "Ended",
        "ended by the representative",
        "4",
    )
    assert (line["Length in seconds"], line["Representatives"]) == ("600", "Amal")


def test_empty_list_says_so(as_, amal):
    assert "No sessions yet" in as_(amal).get(LIST).content.decode()
    assert "No session matches" in as_(amal).get(LIST, {"state": "ended"}).content.decode()


def test_representatives_are_counted(as_, amal, bilal, dana):
    ended(amal, "Carol", rating=5, minutes=10)
    ended(amal, "Omar", rating=2, minutes=20)
    make_assistant(make_session(amal), bilal)
    first, second = as_(dana).get(CSRS).context["figures"]
    assert (first.name, first.sessions, first.customers, first.assisted) == ("Amal", 3, 2, 0)
    assert first.average_rating == 3.5
    assert first.total_length == 1800
    assert (second.name, second.sessions, second.assisted, second.average_rating) == ("Bilal", 0, 1, None)


def test_totals_stand_below_where_there_is_more_than_one(as_, amal, bilal, dana):
    ended(amal, "Carol", rating=5, minutes=10)
    ended(bilal, "Omar", rating=2, minutes=20)
    answer = as_(dana).get(CSRS)
    total = answer.context["total"]
    assert (total.sessions, total.customers, total.total_length, total.average_length) == (2, 2, 1800, 900)
    assert total.average_rating == 3.5
    assert "<tfoot>" in answer.content.decode()
    assert "<tfoot>" not in as_(amal).get(CSRS).content.decode()


@pytest.mark.parametrize("path", [LIST, CSRS, "/reports/survey/", reverse_lazy("acd_figures")])
def test_every_report_has_the_usual_ranges_and_keeps_its_filters(as_, dana, path):
    page = as_(dana).get(path, {"csr": "", "since": "2026-01-01", "until": "2026-01-02"}).content.decode()
    today = timezone.localdate()
    assert f"csr=&amp;since={today}&amp;until={today}" in page


def test_csr_sees_their_own_figures_alone(as_, amal, bilal):
    make_assistant(make_session(amal), bilal)
    assert [one.name for one in as_(bilal).get(CSRS).context["figures"]] == ["Bilal"]


def test_figures_of_other_days_are_left_out(as_, amal):
    old = ended(amal)
    SupportSession.objects.filter(pk=old.pk).update(started_at=timezone.now() - timedelta(days=31))
    answer = as_(amal).get(CSRS)
    assert answer.context["figures"] == []
    assert "No sessions in this period" in answer.content.decode()


def test_figures_as_a_file(as_, amal):
    ended(amal, "Carol", rating=5)
    head, row = lines_of(as_(amal).get(CSRS_CSV))
    assert dict(zip(head, row, strict=True)) == {
        "Support Representative": "Amal", "Sessions": "1", "Assisted": "0", "Customers": "1",
        "Total length in seconds": "600", "Average length in seconds": "600", "Rating": "5",
    }  # fmt: skip


def test_workbook_holds_the_filtered_list_with_types(as_, amal):
    session = ended(amal, "=HYPERLINK(A1)", rating=4)
    ended(amal, "Omar")
    answer = as_(amal).get(LIST_XLSX, {"text": "HYPER"})
    assert answer["Content-Disposition"] == 'attachment; filename="sessions.xlsx"'
    book = ReadWorkbook(answer.getvalue())
    (head, row) = book.rows
    # Cells at the end of a row that have nothing in them are left out.
    line = dict(zip(head, row, strict=False))
    assert line.pop("How it ended") == "ended by the representative"
    assert line == {
        "Session number": session.number,
        "Started": as_the_clock_has_it(session.started_at),
        "Ended": as_the_clock_has_it(session.ended_at),
        "Length": timedelta(minutes=10),
        "Representatives": "Amal",
        "Customers": "=HYPERLINK(A1)",
        "State": "Ended",
        "Rating": 4,
    }
    assert (book.title, book.formulas) == ("Sessions", [])


def test_figures_as_a_workbook(as_, amal):
    ended(amal, "Carol", rating=5)
    head, row = ReadWorkbook(as_(amal).get(CSRS_XLSX).getvalue()).rows
    length = timedelta(minutes=10)
    assert head[4:6] == ["Total length", "Average length"]
    assert row == ["Amal", 1, 0, 1, length, length, 5]


@pytest.mark.parametrize("path", [LIST_XLSX, CSRS_XLSX, "/webacd/figures.xlsx"])
def test_a_workbook_speaks_the_language_of_the_page(as_, amal, dana, path):
    ended(amal, "Carol", rating=5)
    make_queue()
    book = ReadWorkbook(as_(dana).get(path, headers={"Accept-Language": "ar"}).getvalue())
    assert [title for title in book.rows[0] if title.isascii()] == []
    assert book.part(".//x:sheetView")["rightToLeft"] == "1"


@pytest.mark.slow
@pytest.mark.parametrize("path", [LIST, LIST_CSV, LIST_XLSX, CSRS, CSRS_CSV, CSRS_XLSX])
def test_report_costs_the_same_with_many_sessions(as_, amal, dana, path):
    def queries():
        client = as_(dana)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).getvalue()
        return [query["sql"] for query in captured.captured_queries]

    ended(amal, "Carol", rating=5)
    with_one = queries()
    for number in range(7):
        ended(make_person(f"csr-{number}"), "Omar", rating=number % 5 + 1)
    with_many = queries()
    # A file that is saved has an entry in the audit log, by two of them.
    assert len(with_many) == len(with_one) <= 13, with_many


@pytest.mark.parametrize("path", [LIST_CSV, CSRS_CSV, "/webacd/figures.csv"])
def test_a_file_speaks_the_language_of_the_page(as_, amal, dana, path):
    ended(amal, "Carol", rating=5)
    make_queue()
    head, row, *_more = lines_of(as_(dana).get(path, headers={"Accept-Language": "ar"}))
    assert [title for title in head if title.isascii()] == []
    assert head[0] in {"رقم الجلسة", "ممثل الدعم", "قائمة انتظار أو وكيل"}
    if path == LIST_CSV:
        assert row[6:8] == ["منتهية", "أنهاها ممثل الدعم"]


@pytest.mark.parametrize("milliseconds", [100, 600, 999])
def test_length_is_the_same_in_report_file_and_record(as_, amal, milliseconds):
    session = make_session(amal)
    started = timezone.now()
    ended = started + timedelta(seconds=61, milliseconds=milliseconds)
    SupportSession.objects.filter(pk=session.pk).update(started_at=started, ended_at=ended, end_reason="ended")
    client = as_(amal)
    pages = [client.get(path).content.decode() for path in (LIST, reverse("record", args=[session.key]))]
    assert [re.findall(r"\b1:0\d\b", page) for page in pages] == [["1:01"], ["1:01"]]
    assert lines_of(client.get(LIST_CSV))[1][3] == "61"
    (figures,) = client.get(CSRS).context["figures"]
    assert figures.total_length == figures.average_length == 61
