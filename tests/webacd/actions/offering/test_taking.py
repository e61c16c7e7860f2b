"""An agent takes a session in transfer (E20, E26, E27)."""

import pytest

from sessions_app.errors import NotInTransfer
from sessions_app.models import CsrDesk, SupportSession
from sessions_app.queries.record import record_of
from tests.factories import latest, make_assistant, make_session
from tests.webacd.factories import fresh, inbox, make_agent, offered, offers_of, outcome, served, to_agents, to_queue
from webacd.actions.offering.accept import accept
from webacd.actions.transfer.transfer import transfer_to_agents
from webacd.errors import AgentIsFull, OfferOver, TakenBy
from webacd.models import SupportRequest

pytestmark = pytest.mark.django_db(transaction=True)
Outcome = SupportRequest.Outcome


def test_accepting_makes_one_primary_and_keeps_the_session(session, carol, billing, bilal_agent, bilal):
    request = to_queue(session, billing, message="Printer, error 7")
    assert accept(offered(bilal_agent), by=bilal) == session
    session = fresh(session)
    assert (session.primary.user, session.current_customer) == (bilal, carol)
    assert CsrDesk.objects.get(user=bilal).customers == 1
    assert (outcome(request), request.message) == (Outcome.ANSWERED, "Printer, error 7")
    assert latest(session)[-1] == (
        "control.transferred",
        {"from": None, "from_name": "", "to": session.primary_id, "to_name": "Bilal", "why": "accepted"},
    )


def test_accepting_where_one_assists_makes_one_primary(session, carol, billing, bilal_agent, bilal):
    assistant = make_assistant(session, bilal)
    to_queue(session, billing)
    accept(offered(bilal_agent), by=bilal)
    session = fresh(session)
    assert session.primary == assistant
    assert session.participants.csrs().present().count() == 1


def test_accepting_a_session_that_is_no_longer_on_record_is_refused(session, carol, billing, bilal_agent, bilal):
    request = to_queue(session, billing)
    offer = offered(bilal_agent)
    SupportRequest.objects.filter(pk=request.pk).update(session=None)
    with pytest.raises(NotInTransfer):
        accept(offer, by=bilal)
    assert not SupportSession.objects.controlled_by(bilal).exists()


def test_several_agents_are_asked_at_once_and_the_first_has_it(session, carol, bilal_agent, bilal, faris):
    faris_agent = make_agent(faris)
    to_agents(session, bilal_agent, faris_agent)
    (first,), (second,) = offers_of(bilal_agent), offers_of(faris_agent)
    accept(second, by=faris)
    with pytest.raises(TakenBy) as refusal:
        accept(first, by=bilal)
    assert str(refusal.value.message) == "Taken by Faris."
    assert fresh(session).primary.user == faris
    assert inbox(bilal_agent)[-1][1]["taken_by"] == "Faris"


def test_both_limits_must_allow_the_accept(session, carol, billing, bilal_agent, bilal):
    to_queue(session, billing)
    offer = offered(bilal_agent)
    make_session(bilal)
    with pytest.raises(AgentIsFull):
        accept(offer, by=bilal)
    assert fresh(session).primary is None


def test_offer_over_is_said_by_name(session, carol, bilal_agent, bilal, clock):
    to_agents(session, bilal_agent)
    (offer,) = offers_of(bilal_agent)
    clock.forward(seconds=30)
    with pytest.raises(OfferOver):
        accept(offer, by=bilal)


def test_who_accepts_a_session_was_in_control_and_never_an_assistant(queue, amal_agent, bilal_agent):
    """Coming in and taking it are one breath; the record tells one role (E42)."""
    session = served(queue, amal_agent)
    transfer_to_agents(session, [bilal_agent], message="", by=session.primary)
    accept(offered(bilal_agent), by=bilal_agent.user)
    people = record_of(SupportSession.objects.get(pk=session.pk)).people
    assert {one.name: [held.role for held in one.roles] for one in people} == {
        "Amal": ["primary"],
        "Carol": ["customer"],
        "Bilal": ["primary"],
    }
