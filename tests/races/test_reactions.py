"""The same reaction from two requests at once, and one to a line that is being deleted (E66)."""

from functools import partial

import pytest

from sessions_app.actions.change_line import delete_line
from sessions_app.actions.chat import say
from sessions_app.actions.reactions import react
from sessions_app.models import Reaction
from tests.factories import types
from tests.races.together import refusals, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def test_a_press_that_comes_twice_is_one_reaction(rounds):
    for scene in rounds():
        line = say(scene.session, text="Hello", client_id="a1", by=scene.primary)
        press = partial(react, scene.session, line, sign="👍", on=True, by=scene.primary)
        assert refusals(together(press, press, press)) == []
        assert line.reactions.count() == types(scene.session).count("chat.reacted") == 1


def test_a_deleted_line_has_none_in_whatever_order(rounds):
    for scene in rounds():
        line = say(scene.session, text="Hello", client_id="a1", by=scene.primary)
        outcomes = together(
            partial(react, scene.session, line, sign="👍", on=True, by=scene.primary),
            partial(delete_line, scene.session, line, by=scene.primary),
        )
        assert refusals(outcomes) in ([], ["line_takes_no_reaction"])
        assert not Reaction.objects.exists()
