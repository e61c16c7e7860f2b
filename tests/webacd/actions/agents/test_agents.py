"""The status that an agent chooses (acd 5, E47)."""

import pytest

from tests.webacd.factories import close_all, enter, join_queue, make_agent, offered, offers_of, standing
from webacd.actions.agents.agents import sign_out

pytestmark = pytest.mark.django_db
GRACE = 45


def test_signing_out_ends_the_status_and_withdraws_what_was_offered(queue, amal_agent, bilal_agent, clock):
    join_queue(queue, bilal_agent)
    enter(queue)
    offered(amal_agent)
    sign_out(amal_agent)
    clock.forward(seconds=0)
    assert standing(amal_agent) == ("signed_out", "")
    assert (offers_of(amal_agent), len(offers_of(bilal_agent))) == ([], 1)


def test_grace_of_who_has_signed_out_ends_in_nothing(queue, amal_agent, clock):
    close_all(amal_agent)
    sign_out(amal_agent)
    clock.forward(seconds=GRACE)
    assert standing(amal_agent) == ("signed_out", "")


def test_new_agent_is_signed_out(amal):
    assert make_agent(amal, available=False).status == "signed_out"
