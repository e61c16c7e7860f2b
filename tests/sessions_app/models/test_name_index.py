"""Names are found by an index that follows the table, and that is made again where it was lost."""

import pytest
from django.db import connection

from sessions_app.models import Participant
from sessions_app.models.name_index import NAMES, make_name_index, named, some_named
from tests.factories import make_customer, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def zoe(session):
    return make_customer(session, "Zoë Lind")


def found(folded):
    """Both ways of searching find the same."""
    customers = Participant.objects.customers().order_by("pk")
    listed = list(customers.filter(some_named(folded, 10)))
    assert listed == list(customers.filter(named(folded)))
    return listed


@pytest.mark.parametrize("part", ["zoe lind", "zoe", "oe l", "lind", "ind", "zo", "z", "li", "l"])
def test_part_of_a_name_is_found(zoe, part):
    assert found(part) == [zoe]


@pytest.mark.parametrize("part", ["zoelind", "lindzoe", "zoe  lind", 'zoe" OR "lind', "oe", "in", "amal", "*"])
def test_what_is_no_part_of_a_name_finds_nothing(zoe, part):
    assert found(part) == []


def test_changed_and_deleted_names_are_found_no_more(zoe, bilal):
    other = make_customer(make_session(bilal), "Zoë Berg")
    assert found("zoe") == [zoe, other]
    zoe.name = "Carol"
    zoe.save()
    assert found("zoe") == [other]
    assert found("carol") == [zoe]
    Participant.objects.filter(pk=other.pk).delete()
    assert found("zoe") == []


def lose_index():
    """As when a migration has built the table again, or where the index could not be made."""
    with connection.cursor() as cursor:
        lost = "TRIGGER name_added" if connection.vendor == "sqlite" else f"INDEX {NAMES}"
        cursor.execute(f"DROP {lost}")


def test_names_are_found_without_the_index(session):
    lose_index()
    zoe = make_customer(session, "Zoë Lind")
    assert found("lind") == [zoe]


def test_the_index_is_made_again_with_the_names_that_there_are(session):
    lose_index()
    zoe = make_customer(session, "Zoë Lind")
    # PostgreSQL alters no table about which it still has something to check.
    connection.check_constraints()
    make_name_index()
    if connection.vendor == "sqlite":
        assert "MATCH" in str(some_named("lind", 10))
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s)", [NAMES])
            assert cursor.fetchone() == (NAMES,)
    assert found("lind") == [zoe]


def test_making_it_twice_changes_nothing(zoe):
    make_name_index()
    assert found("lind") == [zoe]
