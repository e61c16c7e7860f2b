"""Whom live media reach, when more people are there than lines can carry."""

import pytest

from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.rules.media_audience import is_in_circle
from supportcenter.accounts.models import SitePolicy
from tests.factories import make_assistant, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(session, bilal, carol):
    """In the order in which they came."""
    return [session.primary, carol, make_assistant(session, bilal), make_customer(session, "Omar")]


def reached(session, people):
    session.refresh_from_db()
    return [one.name for one in people if is_in_circle(one, session)]


def test_the_first_are_reached(session, people):
    SitePolicy.objects.update(media_people=3)

    assert reached(session, people) == [one.name for one in people[:3]]


def test_the_current_customer_comes_before_who_came_earlier(session, people):
    SitePolicy.objects.update(media_people=2)

    switch_customer(session, people[3], by=session.primary)

    assert reached(session, people) == [people[0].name, "Omar"]


def test_a_place_that_is_given_up_goes_to_the_next(session, people):
    SitePolicy.objects.update(media_people=3)

    leave_session(session, by=people[2])

    assert reached(session, people) == [people[0].name, people[1].name, "Omar"]
