"""The report finds sessions by what was said in them, for those who may read it, and leads to the line."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import ChatMessage, SupportSession
from sessions_app.queries import narrowing, reports
from tests.factories import make_customer, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LIST, LIST_CSV = "/reports/", "/reports/sessions.csv"


@pytest.fixture
def look(client):
    def look(user, path=LIST, **filters):
        client.force_login(user)
        return client.get(path, filters)

    return look


def conversation(by, *texts):
    session = make_session(by)
    carol = make_customer(session)
    for number, text in enumerate(texts):
        say(session, text=text, client_id=f"c{number}", by=carol)
    end_session(session, by=session.primary)
    return session


def listed(answer):
    return [line.session for line in answer.context["lines"]]


def marked(answer):
    said = [found for line in answer.context["lines"] for found in line.said]
    return [[part.text for part in found.parts if part.found] for found in said]


def test_sessions_are_found_by_what_was_said(look, amal, bilal, dana):
    printer = conversation(amal, "Hello", "The printer says “error 7”.", "Which printer?", "My PRINTER!")
    invoice = conversation(bilal, "وصلتني الفاتورة مرتين")
    answer = look(dana, words="print")
    assert listed(answer) == [printer]
    assert marked(answer) == [["printer"], ["printer"]]
    assert "<mark>printer</mark>" in answer.content.decode()
    assert listed(look(dana, words="فاتورة")) == [invoice]
    assert listed(look(dana, words='"error 7"')) == [printer]
    assert listed(look(dana, words="hello printer")) == []
    assert listed(look(dana, words="?!")) == []
    assert listed(look(dana, words="print", state="active")) == []
    assert listed(look(dana, words="print", csr=bilal.pk)) == []
    assert listed(look(dana, words="print", text="carol")) == [printer]


def test_what_was_said_is_text(look, amal, dana):
    conversation(amal, "<script>printer</script>")
    assert "&lt;script&gt;<mark>printer</mark>&lt;/script&gt;" in look(dana, words="printer").content.decode()


def test_csrs_search_their_own_sessions(look, amal, bilal, dana):
    session = conversation(amal, "the printer")
    assert listed(look(amal, words="printer")) == [session]
    assert listed(look(bilal, words="printer")) == []
    assert listed(look(dana, words="printer")) == [session]


def test_a_csrs_search_asks_no_index_of_all_sessions(look, amal, monkeypatch):
    monkeypatch.setattr(narrowing, "FEW", 1)
    monkeypatch.setattr(reports, "NEAR", 1)
    sessions = [conversation(amal, "the printer") for _ in range(3)]
    with CaptureQueriesContext(connection) as asked:
        assert listed(look(amal, words="printer")) == sessions[::-1]
    assert not any("sessions_app_said" in query["sql"] for query in asked.captured_queries)


@pytest.mark.parametrize("typed", ['"', "a\0b", "' OR 1=1 --", "%", "\\", "NEAR(", "x" * 10_000, "١٢٣ *"])
def test_whatever_is_typed_is_answered(look, amal, dana, typed):
    conversation(amal, "the printer")
    answer = look(dana, words=typed)
    assert answer.status_code in {200, 422}
    assert not answer.context.get("lines")


def test_a_common_word_is_searched_for_a_piece_at_a_time(look, amal, dana, monkeypatch):
    """Many sessions, many lines, and few that are asked for."""
    monkeypatch.setattr(narrowing, "FEW", 2)
    monkeypatch.setattr(narrowing, "FEW_LINES", 2)
    monkeypatch.setattr(reports, "NEAR", 2)
    monkeypatch.setattr(reports, "FAR", 3)
    monkeypatch.setattr(reports, "PAGE", 2)
    sessions = [conversation(amal, "the printer" if number < 4 else "nothing") for number in range(8)][::-1]
    first = look(dana, words="printer")
    assert listed(first) == []
    assert first.context["reached"] == SupportSession.objects.get(pk=sessions[2].pk).started_at
    page = first.content.decode()
    assert "Search further back" in page
    assert "Nothing found so far" in page
    second = look(dana, words="printer", before=first.context["older"])
    assert listed(second) == sessions[4:6]
    third = look(dana, words="printer", before=second.context["older"])
    assert listed(third) == sessions[6:]
    assert third.context["older"] is None


def test_a_rare_word_of_long_ago_is_found_at_once(look, amal, dana, monkeypatch):
    monkeypatch.setattr(reports, "NEAR", 1)
    monkeypatch.setattr(reports, "FAR", 2)
    sessions = [conversation(amal, "the printer" if number == 0 else "nothing") for number in range(6)]
    answer = look(dana, words="printer")
    assert listed(answer) == sessions[:1]
    assert answer.context["older"] is None


def test_the_file_holds_what_was_found(look, amal, dana):
    session = conversation(amal, "the printer")
    conversation(amal, "nothing")
    rows = list(csv.reader(look(dana, LIST_CSV, words="printer").getvalue().decode("utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == [session.number]
    assert len(list(csv.reader(look(amal, LIST_CSV, words="printer").getvalue().decode().splitlines()))) == 2


def test_older_lines_that_are_not_searched_yet_are_told_of(look, amal, dana):
    conversation(amal, "the printer")
    assert not look(dana, words="printer").context["is_behind"]
    ChatMessage.objects.update(words=None)
    answer = look(dana, words="printer")
    assert "still being made searchable" in answer.content.decode()
    assert "still being made searchable" not in look(dana).content.decode()


def test_a_line_that_was_found_leads_to_its_place_in_the_record(client, session, carol, amal):
    ChatMessage.objects.bulk_create(
        ChatMessage(session=session, participant=carol, client_id=f"c{n}", text=f"line <{n}>") for n in range(450)
    )
    wanted = ChatMessage.objects.get(text="line <300>")
    client.force_login(amal)
    answer = client.get(f"/sessions/{session.key}/record/?line={wanted.pk}", follow=True)
    address, _status = answer.redirect_chain[0]
    assert address.endswith(f"#line-{wanted.pk}")
    assert f'id="line-{wanted.pk}"' in answer.content.decode()
    first = ChatMessage.objects.get(text="line <3>")
    answer = client.get(f"/sessions/{session.key}/record/?line={first.pk}", follow=True)
    assert f'id="line-{first.pk}"' in answer.content.decode()


def test_a_line_of_a_session_that_one_may_not_read_leads_nowhere(client, session, carol, bilal):
    line = say(session, text="the printer", client_id="c1", by=carol)
    client.force_login(bilal)
    assert client.get(f"/sessions/{session.key}/record/?line={line.pk}").status_code == 404


def test_a_search_costs_the_same_however_much_it_finds(client, amal, dana):
    client.force_login(dana)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST, {"words": "printer"})
        return len(asked)

    conversation(amal, "the printer")
    with_one = cost()
    for _ in range(3):
        conversation(amal, "the printer", "a printer", "one more printer")
    assert cost() == with_one <= 13


def test_punctuation_alone_is_not_looked_for_further_back(look, amal, monkeypatch):
    monkeypatch.setattr(narrowing, "FEW", 1)
    monkeypatch.setattr(reports, "NEAR", 1)
    monkeypatch.setattr(reports, "FAR", 1)
    for _number in range(3):
        conversation(amal, "Hello!!!")
    assert look(amal, words="nowhere").context["reached"]
    assert look(amal, words="!!!").context["reached"] is None


@pytest.mark.parametrize("reader", ["amal", "dana"])
def test_file_has_what_the_page_lists(request, look, amal, reader):
    conversation(amal, "The printer")
    conversation(amal, "Hello")
    for words, sessions in (("printer", 1), ("!!!", 0), ("", 2)):
        user = request.getfixturevalue(reader)
        assert len(listed(look(user, words=words))) == sessions
        rows = list(csv.reader(look(user, LIST_CSV, words=words).getvalue().decode().splitlines()))
        assert len(rows) == sessions + 1
