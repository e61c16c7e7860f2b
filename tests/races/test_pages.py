"""Two pages of one person, and pages that go while others come (E1, E2, E3)."""

from functools import partial
from uuid import uuid4

import pytest

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.presence.presence import arrive, lose
from tests.factories import types
from tests.races.together import refusals, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def console(scene, page):
    return partial(arrive, scene.session, page=page, secret=f"tab of {page}", by=scene.primary)


def test_two_consoles_arrive_and_one_holds_the_seat(rounds):
    for scene in rounds():
        before = scene.primary.page
        outcomes = together(console(scene, "first"), console(scene, "second"))
        scene.primary.refresh_from_db()
        # Each took over from the one before it, and the last one holds the seat.
        loser = {"first": "second", "second": "first"}[scene.primary.page]
        assert sorted(outcomes) == sorted([before, loser])
        assert scene.primary.is_here


def test_console_that_is_lost_while_another_arrives(rounds):
    for scene in rounds():
        outcomes = together(
            partial(lose, scene.session, page=scene.primary.page, by=scene.primary), console(scene, "second")
        )
        scene.primary.refresh_from_db()
        assert refusals(outcomes) == []
        assert (scene.primary.page, scene.primary.is_here) == ("second", True)
        story = types(scene.session)
        assert story.count("participant.lost") == story.count("participant.returned")


def test_arrival_against_the_end(rounds):
    for scene in rounds():
        outcomes = together(console(scene, "second"), partial(end_session, scene.session, by=scene.primary))
        assert set(refusals(outcomes)) <= {"session_has_ended"}
        assert not scene.state().is_open


def test_one_message_sent_twice_is_said_once(rounds):
    for scene in rounds():
        hello = partial(say, scene.session, text="Hello", client_id=uuid4().hex, by=scene.carol)
        first, second = together(hello, hello)
        assert first == second
        assert types(scene.session).count("chat.said") == 1


def test_everybody_talks_at_once_and_is_heard_in_one_order(rounds):
    for scene in rounds():
        people = [scene.primary, scene.second, scene.third, scene.carol]
        lines = [
            partial(say, scene.session, text=f"Line {number}", client_id=uuid4().hex, by=by)
            for number in range(5)
            for by in people
        ]
        assert refusals(together(*lines)) == []
        assert types(scene.session).count("chat.said") == len(lines)
