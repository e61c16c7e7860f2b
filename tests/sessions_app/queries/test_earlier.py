"""The earlier sessions of a customer: by the same address or a remembered browser, to those who may know (E62)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.case.details import change_details
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session, refuse_customer
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import Participant, Tag
from sessions_app.queries.earlier import LOOKED_AT, SHOWN, earlier_sessions, were_here_before
from sessions_app.rules.permissions import may_read_record
from supportcenter.accounts.models import SitePolicy
from tests.factories import make_person, make_session
from tests.history import copy_history
from tests.plans import plans, scans, statements

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
EMAIL, BROWSER = "carol@example.org", "b" * 64


@pytest.fixture(autouse=True)
def site(policy):
    """Nobody waits for a first request to have its policy."""
    return policy


def came(csr, *, email="", browser="", confirmed=(), ends=True):
    """A customer was in a session of this CSR."""
    session = make_session(csr)
    customer, _seat = join_session(session, name="Carol", email=email, confirmed=confirmed)
    Participant.objects.filter(pk=customer.pk).update(browser_hash=browser)
    customer.refresh_from_db()
    if ends:
        end_session(session, by=session.primary)
    return customer


def chip(customer, reader):
    """Whether the list of participants says that they were here before."""
    people = were_here_before(Participant.objects.filter(pk=customer.pk), reader)
    return getattr(people.get(), "came_before", False)


def listed(customer, reader):
    """The sessions that the reader is told of."""
    return [one.session.pk for one in earlier_sessions(customer, reader).sessions]


def test_same_address_in_any_letters_is_the_same_customer(amal):
    first, second = came(amal, email="Carol@Example.ORG"), came(amal, email=EMAIL)
    now = came(amal, email="CAROL@example.org", ends=False)
    assert listed(now, amal) == [second.session_id, first.session_id]
    assert chip(now, amal)
    one = earlier_sessions(now, amal).sessions[0]
    assert (one.same_email, one.is_confirmed, one.same_browser) == (True, False, False)


@pytest.mark.parametrize(
    "who", [{}, {"email": "carol@example.com"}, {"email": "carol@example.org.evil"}, {"browser": "c" * 64}]
)
def test_others_are_not_the_same(amal, who):
    came(amal, email=EMAIL, browser=BROWSER)
    came(amal)
    now = came(amal, ends=False, **who)
    assert listed(now, amal) == []
    assert not chip(now, amal)


def test_remembered_browser_is_known_with_another_address(amal):
    first = came(amal, email="other@example.org", browser=BROWSER)
    now = came(amal, email=EMAIL, browser=BROWSER, ends=False)
    one = earlier_sessions(now, amal).sessions[0]
    assert (one.session.pk, one.same_email, one.same_browser) == (first.session_id, False, True)
    assert chip(now, amal)


def test_session_that_is_the_same_by_both_is_listed_once(amal):
    came(amal, email=EMAIL, browser=BROWSER)
    now = came(amal, email=EMAIL, browser=BROWSER, ends=False)
    (one,) = earlier_sessions(now, amal).sessions
    assert (one.same_email, one.same_browser) == (True, True)


def test_address_is_called_confirmed_only_if_it_was_both_times(amal):
    came(amal, email=EMAIL)
    came(amal, email=EMAIL, confirmed=["email"])
    confirmed = came(amal, email=EMAIL, confirmed=["email"], ends=False)
    assert [one.is_confirmed for one in earlier_sessions(confirmed, amal).sessions] == [True, False]


def test_later_sessions_and_the_session_itself_are_not_earlier(amal):
    first, second = came(amal, email=EMAIL), came(amal, email=EMAIL)
    assert listed(first, amal) == []
    assert listed(second, amal) == [first.session_id]
    assert not chip(first, amal)


def test_it_says_who_helped_why_it_was_closed_and_its_tags(amal, bilal, defined):
    before = came(bilal, email=EMAIL, ends=False)
    session = before.session
    change_details(session, values={}, give=[defined["Urgent"].pk], by=session.primary)
    end_session(session, by=session.primary)
    session.closing.mark_closed(session.primary, defined["Solved"])
    one = earlier_sessions(came(amal, email=EMAIL, ends=False), amal).sessions[0]
    assert (one.helper, one.reason) == ("Bilal", "Solved")
    assert [tag.name for tag in one.session.tags.all()] == ["Urgent"]


@pytest.mark.parametrize("reader", ["amal", "bilal", "dana"])
def test_record_is_linked_for_exactly_those_who_may_read_it(request, amal, bilal, dana, reader):
    reader = request.getfixturevalue(reader)
    before = came(bilal, email=EMAIL)
    now = came(amal, email=EMAIL, ends=False)
    (one,) = earlier_sessions(now, reader).sessions
    assert one.found.is_readable == may_read_record(reader, before.session)


@pytest.mark.parametrize(
    ("shown", "by_amal", "by_bilal", "by_dana"), [("all", 2, 2, 2), ("own", 1, 1, 2), ("off", 0, 0, 0)]
)
def test_site_says_who_is_told_of_which(amal, bilal, dana, shown, by_amal, by_bilal, by_dana):
    SitePolicy.objects.update(earlier_sessions=shown)
    came(amal, email=EMAIL)
    came(bilal, email=EMAIL)
    now = came(amal, email=EMAIL, ends=False)
    told = {user: len(listed(now, user)) for user in (amal, bilal, dana)}
    assert told == {amal: by_amal, bilal: by_bilal, dana: by_dana}
    faris = make_person("faris")
    assert [chip(now, user) for user in (amal, dana, faris)] == [by_amal > 0, by_dana > 0, shown == "all"]


def test_erased_customer_was_never_here(amal, dana):
    before = came(amal, email=EMAIL, browser=BROWSER)
    erase_customer(before.session, before, by=dana)
    now = came(amal, email=EMAIL, browser=BROWSER, ends=False)
    assert listed(now, amal) == []
    assert not chip(now, amal)


def test_list_is_bounded_and_says_how_many_more(amal):
    came(amal, email=EMAIL, browser=BROWSER)
    copy_history(30)
    now = came(amal, email=EMAIL, ends=False)
    earlier = earlier_sessions(now, amal)
    assert (len(earlier.sessions), earlier.more, earlier.and_more) == (SHOWN, 31 - SHOWN, False)


@pytest.mark.parametrize(("others", "and_more"), [(LOOKED_AT - 1, False), (LOOKED_AT, True)])
def test_it_says_there_are_even_more_once_there_are(amal, others, and_more):
    came(amal, email=EMAIL)
    copy_history(others)
    earlier = earlier_sessions(came(amal, email=EMAIL, ends=False), amal)
    assert (len(earlier.sessions) + earlier.more, earlier.and_more) == (LOOKED_AT, and_more)


def test_sessions_of_others_do_not_hide_the_readers_own(amal, bilal):
    """Bilal had this customer last, more often than is looked at; amal had them once, before that."""
    SitePolicy.objects.update(earlier_sessions="own")
    own = came(amal, email=EMAIL)
    copy_history(LOOKED_AT + 10)
    Participant.objects.filter(session__gt=own.session_id, user=amal).update(user=bilal)
    now = came(amal, email=EMAIL, ends=False)
    earlier = earlier_sessions(now, amal)
    assert [one.session.pk for one in earlier.sessions] == [own.session_id]
    assert (earlier.more, earlier.and_more) == (0, False)
    assert chip(now, amal)


def test_stranger_who_was_not_let_in_was_never_here(amal):
    session = make_session(amal)
    session.admits_by_hand = True
    session.save()
    stranger, _seat = join_session(session, name="Carol", email=EMAIL)
    refuse_customer(session, stranger, by=session.primary)
    Participant.objects.filter(pk=stranger.pk).update(browser_hash=BROWSER)
    end_session(session, by=session.primary)
    now = came(amal, email=EMAIL, browser=BROWSER, ends=False)
    assert listed(now, amal) == []
    assert not chip(now, amal)


@pytest.mark.parametrize("shown", ["all", "own"])
def test_three_queries_however_many_there_are_and_each_by_an_index(amal, bilal, defined, shown):
    """200 earlier sessions of one customer among ten thousand of others."""
    came(amal, email="somebody@example.org")
    copy_history(10_000, columns={Participant: {"email": "CASE email WHEN '' THEN '' ELSE n || email END"}})
    before = came(amal, email=EMAIL, browser=BROWSER)
    before.session.tags.set(Tag.objects.filter(is_on=True))
    kinds = Participant.objects.customers().exclude(pk=before.pk).order_by("-pk")
    Participant.objects.filter(pk__in=list(kinds.values_list("pk", flat=True)[:250])).update(
        email=EMAIL.upper(), browser_hash=BROWSER
    )
    SitePolicy.objects.update(earlier_sessions=shown)
    reader = bilal if shown == "all" else amal
    assert not reader.is_lead
    now = came(bilal, email=EMAIL, browser=BROWSER, ends=False)
    with SitePolicy.read_once(), statements() as found:
        SitePolicy.current()
        found.clear()
        with CaptureQueriesContext(connection) as captured:
            earlier = earlier_sessions(now, reader)
        assert len(captured) <= 3, captured.captured_queries
        assert chip(now, reader)
    assert (len(earlier.sessions), earlier.and_more) == (SHOWN, True)
    assert LOOKED_AT // 2 - SHOWN <= earlier.more < LOOKED_AT
    tables = {"sessions_app_participant", "sessions_app_supportsession"}
    assert scans(found, tables) == []
    if connection.vendor == "sqlite":
        assert any("customers_by_email" in step for step in plans(found))
        assert any("customers_by_browser" in step for step in plans(found))
