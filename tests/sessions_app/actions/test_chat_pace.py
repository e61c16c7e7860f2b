"""E50: nobody fills a chat faster than people write, and what was written faster is said a little later."""

import pytest

from sessions_app.actions.chat import say
from sessions_app.errors import ConversationFull, WritingTooFast
from sessions_app.models import ChatMessage
from sessions_app.rules import chat_pace
from supportcenter.live.models import EventStream
from tests.factories import latest, make_assistant, make_customer, types

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def write(session, by, lines, first=0):
    for number in range(first, first + lines):
        say(session, text=f"Line {number}", client_id=f"{by.pk}-{number}", by=by)


def refusal_of(session, by, client_id="more", text="One more"):
    before = latest(session)
    with pytest.raises(WritingTooFast) as refused:
        say(session, text=text, client_id=client_id, by=by)
    assert latest(session) == before
    return refused.value.facts


def test_burst_is_said_and_the_rest_follows_a_moment_later(session, carol, clock):
    write(session, carol, 10)
    assert refusal_of(session, carol) == {"retry_after": 5}
    clock.forward(seconds=5)
    say(session, text="One more", client_id="more", by=carol)
    assert types(session).count("chat.said") == 11


def test_customer_writes_thirty_lines_a_minute(session, carol, clock, policy):
    for first in range(0, 30, 10):
        write(session, carol, 10, first)
        clock.forward(seconds=10)
    assert refusal_of(session, carol) == {"retry_after": 30}
    policy.lines_per_minute = 40
    policy.save()
    say(session, text="One more", client_id="more", by=carol)


def test_repeat_of_a_line_is_no_line(session, carol):
    write(session, carol, 10)
    for _ in range(50):
        say(session, text="Line 3", client_id=f"{carol.pk}-3", by=carol)
    assert ChatMessage.objects.count() == 10


def test_each_person_has_their_own_pace(session, carol, policy):
    write(session, carol, 10)
    refusal_of(session, carol)
    write(session, make_customer(session, "Omar"), 10)
    write(session, session.primary, 10)


def test_representatives_write_three_times_as_much(session, carol, clock, bilal):
    for person in (session.primary, make_assistant(session, bilal)):
        for first in range(0, 90, 10):
            write(session, person, 10, first)
            clock.forward(seconds=5)
        assert refusal_of(session, person) == {"retry_after": 15}


def test_long_lines_count_by_their_length(session, carol, clock):
    for number in range(10):
        say(session, text="x" * ChatMessage.LONGEST, client_id=f"long-{number}", by=carol)
        clock.forward(seconds=1)
    clock.forward(seconds=10)
    assert refusal_of(session, carol) == {"retry_after": 40}


def test_log_of_a_session_has_an_end(session, carol, clock):
    EventStream.objects.filter(name=session.stream).update(last_seq=chat_pace.EVENTS - 1)
    write(session, carol, 1)
    with pytest.raises(ConversationFull):
        say(session, text="One more", client_id="more", by=carol)
    assert ChatMessage.objects.count() == 1
    assert EventStream.objects.get(name=session.stream).last_seq == chat_pace.EVENTS
    # The last line is still known, and the session goes on without the chat.
    write(session, carol, 1)
    make_customer(session, "Omar")
