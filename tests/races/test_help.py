"""Several agents say yes at the same moment (E64): one joins, and the others read who that was."""

from functools import partial

import pytest

from sessions_app.actions.lifecycle.end import end_session
from supportcenter.refusals import Refused
from tests.factories import make_session
from tests.races.together import refusals, together, winners
from tests.webacd.factories import make_agent, make_queue
from webacd.actions.helping.answer import join_to_help, say_not_now
from webacd.actions.helping.ask import ask_for_help, cancel_help
from webacd.models import HelpQuestion, HelpRequest
from webacd.queries.help_requests import questions_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
NAMES = ("hala", "omar", "rima")


def asked(scene):
    """A session whose primary has asked three agents, with what each of them would do."""
    primary = make_agent(scene.person("primary"))
    agents = [make_agent(scene.person(name)) for name in NAMES]
    session = make_session(primary.user)
    request = ask_for_help(session, make_queue(f"help-{scene.number}", agents=agents), by=session.primary)
    return session, request, [(questions_to(agent)[0], agent.user) for agent in agents]


def test_exactly_one_joins(rounds):
    for scene in rounds():
        session, request, questions = asked(scene)
        outcomes = together(*(partial(join_to_help, question, by=user) for question, user in questions))
        assert winners(outcomes) == [session]
        assert refusals(outcomes) == ["help_taken"] * 2
        (assistant,) = session.participants.present().exclude(pk=session.primary_id)
        request.refresh_from_db()
        assert (request.outcome, request.answered_by.user) == ("joined", assistant.user)
        assert not HelpQuestion.objects.open().filter(request=request).exists()
        end_session(session, by=session.primary)


def test_one_yes_two_noes_and_a_cancellation(rounds):
    for scene in rounds():
        session, request, [(first, one), (second, two), (third, three)] = asked(scene)
        joined, *others, _cancelled = together(
            partial(join_to_help, first, by=one),
            partial(say_not_now, second, by=two),
            partial(say_not_now, third, by=three),
            partial(cancel_help, session, by=session.primary),
        )
        assert others == [None, None]
        request.refresh_from_db()
        came = session.participants.present().filter(user=one).exists()
        assert request.outcome == ("joined" if came else "cancelled")
        assert isinstance(joined, Refused) != came
        end_session(session, by=session.primary)


def test_asked_twice_at_once_is_asked_once(rounds):
    for scene in rounds():
        session, request, _questions = asked(scene)
        cancel_help(session, by=session.primary)
        again = partial(ask_for_help, session, request.queue, by=session.primary)
        outcomes = together(again, again)
        assert refusals(outcomes) == ["help_is_asked"]
        assert HelpRequest.objects.open().filter(session=session).count() == 1
        end_session(session, by=session.primary)


def test_session_ends_while_someone_says_yes(rounds):
    for scene in rounds():
        session, request, [(question, user), *_others] = asked(scene)
        together(partial(join_to_help, question, by=user), partial(end_session, session, by=session.primary))
        request.refresh_from_db()
        assert not request.is_open
        session.refresh_from_db()
        assert not session.is_open
