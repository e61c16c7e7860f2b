"""E66: who reads a line reacts to it by signs, each of them once, and takes them back."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override

from sessions_app.actions.change_line import delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.reactions import PACE, react
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.errors import (
    ConversationFull,
    LineTakesNoReaction,
    NoSuchReaction,
    NotAdmitted,
    NotInSession,
    SessionHasEnded,
    TooFast,
)
from sessions_app.models import Reaction
from sessions_app.rules import chat_pace
from tests.factories import be_here, latest, make_assistant, make_customer, make_session

pytestmark = pytest.mark.django_db
UP, HEART = "👍", "❤️"


@pytest.fixture
def line(session, carol):
    return say(session, text="It works again", client_id="c1", by=carol)


def given():
    return [(one.message_id, one.participant.name, one.sign) for one in Reaction.objects.order_by("pk")]


def told(session, after=0):
    return [data for name, data in latest(session, after) if name == "chat.reacted"]


def test_everyone_reacts_by_several_signs_and_takes_them_back(session, carol, bilal, line):
    assistant = make_assistant(session, bilal)
    react(session, line, sign=UP, on=True, by=session.primary)
    react(session, line, sign=HEART, on=True, by=session.primary)
    react(session, line, sign=UP, on=True, by=assistant)
    react(session, line, sign=UP, on=True, by=carol)
    react(session, line, sign=HEART, on=False, by=session.primary)

    assert given() == [(line.pk, "Amal", UP), (line.pk, "Bilal", UP), (line.pk, "Carol", UP)]
    facts = [(session.primary.pk, UP, True), (session.primary.pk, HEART, True), (assistant.pk, UP, True)]
    facts += [(carol.pk, UP, True), (session.primary.pk, HEART, False)]
    assert told(session) == [
        {"message": line.pk, "participant": who, "reaction": sign, "on": on} for who, sign, on in facts
    ]


def test_a_repeat_changes_nothing(session, carol, line):
    react(session, line, sign=UP, on=False, by=carol)
    react(session, line, sign=UP, on=True, by=carol)
    before = len(latest(session))
    for _repeat in range(PACE.amount):
        react(session, line, sign=UP, on=True, by=carol)
    assert latest(session, before) == []
    assert given() == [(line.pk, "Carol", UP)]


def test_a_sign_is_given_once_whatever_the_code_does(carol, line):
    Reaction.objects.create(message=line, participant=carol, sign=UP)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(message=line, participant=carol, sign=UP)


@pytest.mark.parametrize("sign", ["", "👎", "👍👍", "❤", "x" * 5000])
def test_no_other_sign_is_taken(session, carol, line, sign):
    with pytest.raises(NoSuchReaction):
        react(session, line, sign=sign, on=True, by=carol)
    assert given() == []


def test_a_reaction_needs_a_place_in_the_running_session(session, carol, line, bilal):
    stranger = make_session(bilal).primary
    with pytest.raises(NotInSession):
        react(session, line, sign=UP, on=True, by=stranger)
    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        react(session, line, sign=UP, on=True, by=carol)
    primary = session.primary
    end_session(session, by=primary)
    with pytest.raises(SessionHasEnded):
        react(session, line, sign=UP, on=True, by=primary)
    assert given() == []


def test_who_waits_to_be_let_in_reacts_to_nothing(policy, session, carol, line):
    policy.admit_by_hand = True
    policy.save()
    waiting, _seat = join_session(session, name="Walter")
    with pytest.raises(NotAdmitted):
        react(session, line, sign=UP, on=True, by=be_here(waiting))


def test_a_line_of_another_session_is_none(session, carol, bilal):
    elsewhere = make_session(bilal)
    theirs = say(elsewhere, text="Theirs", client_id="b1", by=elsewhere.primary)
    with pytest.raises(LineTakesNoReaction):
        react(session, theirs, sign=UP, on=True, by=session.primary)
    assert given() == []


def test_a_deleted_line_loses_its_reactions_and_takes_none(session, carol, line):
    react(session, line, sign=UP, on=True, by=session.primary)
    delete_line(session, line, by=carol)
    assert given() == []
    for on in (True, False):
        with pytest.raises(LineTakesNoReaction):
            react(session, line, sign=UP, on=on, by=session.primary)


def test_an_edited_line_keeps_its_reactions(session, carol, line):
    react(session, line, sign=UP, on=True, by=session.primary)
    edit_line(session, line, text="It works again!", by=carol)
    assert given() == [(line.pk, "Amal", UP)]


def test_a_late_customer_neither_reacts_to_nor_hears_of_earlier_lines(session, carol, line):
    """E48: the event would tell them of a line that they do not read."""
    react(session, line, sign=UP, on=True, by=session.primary)
    omar = make_customer(session, "Omar")
    before = len(latest(session))
    with pytest.raises(LineTakesNoReaction):
        react(session, line, sign=UP, on=True, by=omar)
    for on, sign in ((True, HEART), (False, UP)):
        with pytest.raises(LineTakesNoReaction) as refused:
            react(session, line, sign=sign, on=on, by=session.primary)
        assert "joined" in str(refused.value.message)
    assert told(session, before) == []

    leave_session(session, by=omar)
    react(session, line, sign=UP, on=False, by=session.primary)
    assert given() == []


def test_who_reads_the_earlier_chat_reacts_to_it(policy, session, carol, line):
    policy.shows_earlier_chat = True
    policy.save()
    react(session, line, sign=UP, on=True, by=make_customer(session, "Omar"))
    assert given() == [(line.pk, "Omar", UP)]


def test_so_many_in_a_minute(session, carol, line):
    """Given and taken back count alike, and one person's do not count for another."""
    for number in range(PACE.amount):
        react(session, line, sign=UP, on=number % 2 == 0, by=carol)
    with pytest.raises(TooFast):
        react(session, line, sign=UP, on=True, by=carol)
    react(session, line, sign=UP, on=True, by=session.primary)
    assert given() == [(line.pk, "Amal", UP)]


def test_a_full_conversation_takes_no_reaction_either(monkeypatch, session, carol, line):
    monkeypatch.setattr(chat_pace, "EVENTS", len(latest(session)))
    with pytest.raises(ConversationFull):
        react(session, line, sign=UP, on=True, by=carol)
    assert given() == []


def test_an_erasure_takes_the_customers_reactions(clock, policy, session, dana):
    """Also those to lines from before their time, which stay; those to lines that go with them go, too."""
    policy.shows_earlier_chat = True
    policy.save()
    stays = say(session, text="Before", client_id="a1", by=session.primary)
    react(session, stays, sign=HEART, on=True, by=session.primary)
    clock.forward(seconds=1)
    carol = make_customer(session)
    goes = say(session, text="Carol's own", client_id="c1", by=carol)
    react(session, stays, sign=UP, on=True, by=carol)
    react(session, goes, sign=UP, on=True, by=session.primary)
    end_session(session, by=session.primary)

    erase_customer(session, carol, by=dana)

    assert given() == [(stays.pk, "Amal", HEART)]
    assert [data["reaction"] for data in told(session)] == [HEART, "", ""]


def test_retention_takes_them_with_the_chat(clock, policy, session, carol, line):
    react(session, line, sign=UP, on=True, by=session.primary)
    end_session(session, by=session.primary)
    policy.chat_days = 10
    policy.save()
    clock.forward(days=11)

    remove_what_is_due()

    assert given() == []
    assert [(data["reaction"], data["message"]) for data in told(session)] == [("", line.pk)]
    assert all("reaction" not in data for name, data in latest(session) if name != "chat.reacted")


def test_the_sign_of_thanks_is_called_otherwise_than_the_page_that_says_goodbye():
    with override("ar"):
        assert (gettext("Thank you"), str(Reaction.Sign.THANKS.label)) == ("شكرًا لك", "شكر")
