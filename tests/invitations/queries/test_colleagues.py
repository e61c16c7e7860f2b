import pytest

from invitations.queries.colleagues import MOST, Colleague, colleagues
from supportcenter.accounts.models import CsrPrivileges, User
from tests.factories import make_assistant

pytestmark = pytest.mark.django_db


def found(session, typed):
    return [one.email for one in colleagues(session, typed, by=session.primary)]


def make_csr(username, **facts):
    csr = User.objects.create_user(username, **facts)
    CsrPrivileges.objects.create(user=csr)
    return csr


@pytest.fixture
def layla(db):
    return make_csr("layla", first_name="ليلى", last_name="أحمد", email="l.ahmad-noor@example.com", language="ar")


def test_a_colleague_is_found_with_what_the_panel_needs(session, layla):
    assert colleagues(session, "لي", by=session.primary) == [
        Colleague(name=layla.display_name, email="l.ahmad-noor@example.com", language="ar", is_here=False)
    ]


@pytest.mark.parametrize("typed", ["layla", "LAYLA", "ليلي", "احمد ليلى", "l.ahmad", "ahmad", "noor", " noor  لي "])
def test_a_colleague_is_found_by_the_beginning_of_any_word(session, layla, typed):
    assert found(session, typed) == [layla.email]


@pytest.mark.parametrize("typed", ["", "  ", "ayla", "layla bilal", "%", "\0", "x" * 5000])
def test_nobody_is_found_by_what_begins_no_word(session, layla, typed):
    assert found(session, typed) == []


def test_one_who_is_here_is_marked(session, bilal):
    assert [one.is_here for one in colleagues(session, "bilal", by=session.primary)] == [False]
    assistant = make_assistant(session, bilal)
    assert [one.is_here for one in colleagues(session, "bilal", by=session.primary)] == [True]
    assistant.mark_left("left")
    assert [one.is_here for one in colleagues(session, "bilal", by=session.primary)] == [False]


def test_only_active_representatives_with_an_address_are_suggested(session, bilal, faris, eve, amal):
    faris.email = ""
    faris.save()
    assert found(session, "bilal") == [bilal.email]
    bilal.is_active = False
    bilal.save()

    assert [found(session, one.username) for one in (amal, bilal, faris, eve)] == [[], [], [], []]


def test_the_list_is_short_and_costs_as_much_for_many(session, django_assert_num_queries):
    make_csr("same-0", email="same-0@example.com")
    assert session.primary.account
    with django_assert_num_queries(2):
        assert found(session, "same") == ["same-0@example.com"]
    for number in range(1, MOST + 5):
        make_csr(f"same-{number}", email=f"same-{number}@example.com")

    with django_assert_num_queries(2):
        assert len(found(session, "same")) == MOST
