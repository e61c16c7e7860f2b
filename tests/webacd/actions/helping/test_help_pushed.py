"""A queue that is asked for help is asked on the devices of its agents as well, for as long as it can be answered."""

from datetime import time

import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.notifications import choose_notifications
from supportcenter.accounts.quiet_hours import QuietHours
from supportcenter.jobs.workers.runner import run_due
from tests.push_service import device_of
from tests.webacd.factories import make_queue
from webacd.actions.helping.answer import join_to_help, say_not_now
from webacd.actions.helping.ask import ask_for_help, cancel_help
from webacd.models import QueueMembership
from webacd.queries.help_requests import questions_to

# On PostgreSQL the site goes by the server's clock, which no test moves.
pytestmark = pytest.mark.django_db

EVERY_DAY = QuietHours(time(0), time(23, 59), "UTC")


@pytest.fixture
def phone(bilal, push_service):
    return device_of(bilal, push_service)


@pytest.fixture
def session(session, amal_agent):
    """Amal controls it, who is an agent."""
    return session


@pytest.fixture
def billing(bilal_agent):
    return make_queue("billing", agents=[bilal_agent])


def ask(session, queue):
    return ask_for_help(session, queue, message="Secret words", by=session.primary)


def shown(phone):
    return [(each["title"].translate(dict.fromkeys(range(0x2066, 0x206A))), each["tag"]) for each in phone.got]


@pytest.mark.both_databases
def test_question_is_pushed_in_the_words_and_with_the_tag_of_a_page(phone, session, billing, bilal_agent):
    ask(session, billing)
    run_due()
    (question,) = questions_to(bilal_agent)
    assert shown(phone) == [("Amal asks you for help.", f"help-{question.pk}")]
    [got], [headers] = phone.got, phone.headers
    assert (got["url"], got["silent"]) == ("/webacd/inbox/", False)
    assert "Secret" not in str(got)
    assert 0 < int(headers["TTL"]) <= 90


@pytest.mark.both_databases
def test_question_is_pushed_in_the_language_of_the_device(bilal, push_service, session, billing):
    tablet = device_of(bilal, push_service, language="ar")
    ask(session, billing)
    run_due()
    [got] = tablet.got
    assert (got["lang"], got["dir"]) == ("ar", "rtl")
    assert "طلب مساعدة" in got["title"]


@pytest.mark.parametrize("end", ["join", "not now", "cancel", "session", "late", "left the queue"])
def test_what_needs_no_answer_any_more_is_not_pushed(
    phone, session, billing, bilal, bilal_agent, push_service, clock, end
):
    ask(session, billing)
    (question,) = questions_to(bilal_agent)
    if end == "join":
        join_to_help(question, by=bilal)
    elif end == "not now":
        say_not_now(question, by=bilal)
    elif end == "cancel":
        cancel_help(session, by=session.primary)
    elif end == "session":
        end_session(session, by=session.primary)
    elif end == "left the queue":
        QueueMembership.objects.filter(agent=bilal_agent).delete()
    clock.forward(seconds=91 if end == "late" else 0)
    assert push_service.asked == 0


@pytest.mark.both_databases
def test_it_goes_by_the_choices_for_a_colleagues_question(phone, bilal, session, billing):
    choose_notifications(silent=["asked"], unshown=[], quiet_hours=None, by=bilal)
    ask(session, billing)
    run_due()
    assert [each["silent"] for each in phone.got] == [True]
    cancel_help(session, by=session.primary)
    for choices in ({"unshown": ["asked"], "quiet_hours": None}, {"unshown": [], "quiet_hours": EVERY_DAY}):
        choose_notifications(silent=[], **choices, by=bilal)
        ask(session, billing)
        run_due()
        cancel_help(session, by=session.primary)
    assert len(phone.got) == 1
