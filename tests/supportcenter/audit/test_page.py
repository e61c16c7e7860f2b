"""The audit log as admins read it: a page, filters, and a file (E73)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sessions_app.actions.lifecycle.end import end_session
from supportcenter.accounts.models import CsrPrivileges
from supportcenter.audit import queries
from supportcenter.audit.lines import lines_of
from supportcenter.audit.models import Entry
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE, FILE = "/audit/", "/audit/file.csv"


@pytest.fixture
def admin(client, dana):
    client.force_login(dana)
    # What came before, making people and signing in, is not looked at.
    client.seen = Entry.objects.latest("pk").pk
    return client


def shown(client, **query):
    """The names of the entries on the page, latest first."""
    answer = client.get(PAGE, query)
    assert answer.status_code == 200, answer.context["form"].errors
    return [line.entry.what for line in answer.context["lines"] if line.entry.pk > client.seen]


def test_latest_stands_first_with_its_sentence(admin, add):
    add("signed_in", minutes=5, account="amal", address="192.0.2.7")
    add("sign_in_failed", minutes=1, account="<b>eve</b>", is_warning=True)
    text = admin.get(PAGE).content.decode()
    assert shown(admin) == ["sign_in_failed", "signed_in"]
    assert "<bdi>amal</bdi> signed in." in text
    assert "A sign-in as <bdi>&lt;b&gt;eve&lt;/b&gt;</bdi> failed" in text
    assert "192.0.2.7" in text


def test_managers_and_others_do_not_read_it(client, amal, eve):
    manager = make_person("hala")
    CsrPrivileges.objects.update(manager=True)
    staff = make_person("omar", csr=False, is_staff=True)
    for person in (amal, eve, manager, staff):
        client.force_login(person)
        assert client.get(PAGE).status_code == client.get(FILE).status_code == 403
        assert PAGE not in client.get("/").content.decode()


def test_way_to_it_is_in_the_menu_of_admins(admin):
    assert f'href="{PAGE}"' in admin.get("/").content.decode()


def test_filters(amal, bilal, session, admin, add):
    add("signed_in", minutes=60, account="amal", account_key=amal.pk, address="192.0.2.7")
    add("rights_changed", minutes=50, topic="people", account="bilal", account_key=bilal.pk, by="amal", by_key=amal.pk)
    add("record_opened", minutes=40, topic="read", account="bilal", account_key=bilal.pk,
        about=session.audit_subject)  # fmt: skip
    add("sign_in_failed", minutes=30, account="stranger", address="2001:db8::1")
    assert shown(admin, topic="people") == ["rights_changed"]
    assert shown(admin, person="amal") == ["rights_changed", "signed_in"]
    assert shown(admin, person="AMAL", topic="sign_in") == ["signed_in"]
    assert shown(admin, person="stranger") == ["sign_in_failed"]
    assert shown(admin, text="192.0.2.7") == ["signed_in"]
    assert shown(admin, text="2001:DB8:0::1") == ["sign_in_failed"]
    assert shown(admin, text=f" {session.number} ") == ["record_opened"]
    assert shown(admin, text=session.number, person="amal") == []
    assert shown(admin, text="anything else") == []
    assert shown(admin, since="2020-01-01", until="2020-01-02") == []


def test_person_is_found_by_any_name_they_had(amal, admin, add):
    add("signed_in", account="amal", account_key=amal.pk)
    amal.username = "amal.h"
    amal.save()
    assert shown(admin, person="amal.h") == ["rights_changed", "signed_in"]
    key = amal.pk
    amal.delete()
    assert shown(admin, person="amal")[-2:] == ["rights_changed", "signed_in"]
    assert Entry.objects.filter(what="signed_in", account="amal").get().account_key == key


def test_what_is_wrong_in_a_filter_is_said(admin):
    answer = admin.get(PAGE, {"since": "soon", "topic": "everything"})
    assert answer.status_code == 422
    assert {*answer.context["form"].errors} == {"since", "topic"}
    assert admin.get(FILE, {"since": "soon"}).status_code == 422


def test_pages_continue_where_the_last_one_ended(admin, add, amal, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 3)
    mine = []
    for number in range(7):
        mine.append(add(minutes=number // 2, account="amal", account_key=amal.pk, by="amal", by_key=amal.pk).pk)
    for filters in ({}, {"person": "amal"}):
        seen, before = [], ""
        while before is not None:
            page = admin.get(PAGE, {**filters, "before": before})
            seen += [line.entry.pk for line in page.context["lines"]]
            before = page.context["older"]
        assert len(seen) == len({*seen})
        latest = list(Entry.objects.order_by("-at", "-pk").values_list("pk", flat=True))
        assert seen == (latest if not filters else [pk for pk in latest if pk in seen])
        assert {*seen} >= {*mine}


@pytest.mark.parametrize("many", [1, 3])
def test_page_costs_the_same_however_long(admin, add, session, many):
    for _ in range(many):
        add("record_opened", topic="read", account="amal", about=session.audit_subject)
    with CaptureQueriesContext(
        connection,
    ) as queries_sent:
        admin.get(PAGE)
    assert len(queries_sent) <= 8


def test_changes_are_told_in_the_words_of_the_form(add):
    entry = add("policy_changed", by="dana", facts={"model": "accounts.sitepolicy"}, changes=[
        {"model": "accounts.sitepolicy", "field": "max_customers", "before": 5, "after": 8},
        {"model": "accounts.sitepolicy", "field": "recording", "before": "off", "after": "allowed"},
        {"model": "accounts.sitepolicy", "field": "multi_session", "before": True, "after": False},
        {"model": "accounts.sitepolicy", "field": "switched_off", "before": [], "after": ["voice", "video"]},
        {"model": "accounts.sitepolicy", "field": "logo"},
        {"model": "accounts.sitepolicy", "field": "of_an_earlier_release", "before": 1, "after": 2},
    ])  # fmt: skip
    [line] = lines_of([entry])
    assert line.sentence == "<bdi>dana</bdi> changed the site policy."
    assert [tuple(one) for one in line.changes] == [
        ("Maximum number of customers", "5", "8"),
        ("Recording", "off", "allowed"),
        ("Allow multi-session mode", "yes", "no"),
        ("Switched off for everyone", "–", "Voice call, Video"),
        ("Logo", None, None),
        ("Of_an_earlier_release", "1", "2"),
    ]
    with override("ar"):
        [line] = lines_of([entry])
        assert line.changes[1].after == "مسموح"


def test_session_is_named_as_long_as_it_is_kept(add, session):
    end_session(session, by=session.primary)
    entry = add("record_opened", topic="read", account="dana", about=session.audit_subject)
    [line] = lines_of([entry])
    assert f'<a href="/sessions/{session.key}/record/">session {session.number_in_threes}</a>' in line.sentence
    session.delete()
    [line] = lines_of([entry])
    assert line.sentence == "<bdi>dana</bdi> opened the record of a session that is no longer kept."


def test_file_has_the_same_entries_and_is_one_itself(admin, add):
    add("sign_in_failed", minutes=5, account="=cmd()", address="192.0.2.7")
    add("signed_in", minutes=1, account="amal")
    answer = admin.get(FILE, {"topic": "sign_in"})
    head, *rows = answer.getvalue().decode("utf-8-sig").splitlines()
    assert head.startswith("Time,What happened,About,Name in the security log,Account,")
    assert [row.split(",")[1] for row in rows[1:3]] == [
        "amal signed in.",
        '"A sign-in as =cmd() failed: wrong password',
    ]
    assert ",'=cmd(),," in rows[2]
    told = Entry.objects.get(what="audit_log_saved")
    assert (told.account, told.topic) == ("dana", "taken")


def test_file_is_read_in_pieces(admin, add, monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    before = Entry.objects.count()
    for number in range(5):
        add("signed_in", minutes=number, account="amal")
    rows = admin.get(FILE).getvalue().decode().splitlines()
    # With the head, and the entry of the file itself.
    assert len(rows) == before + 5 + 2
