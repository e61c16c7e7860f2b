"""What was said is found by an index that follows the table, and that is made again where it was lost."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from sessions_app.actions import search_index
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.health import words_of_the_chat
from sessions_app.jobs import clear_words, index_lines, index_what_is_not
from sessions_app.models import ChatMessage, SupportSession
from sessions_app.models.word_index import WORDS, found_by_index, is_behind, make_word_index, saying
from supportcenter.accounts.models import SitePolicy
from supportcenter.doctor import Level
from supportcenter.jobs.models import Job
from supportcenter.text.wording import terms_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def line(session, carol):
    return say(session, text="The printer says “error 7”.", client_id="c1", by=carol)


def found(typed):
    """Both ways of searching find the same, but for the order of words."""
    terms = terms_of(typed)
    by_index = list(found_by_index(terms, 10)) if terms else []
    asked = list(ChatMessage.objects.filter(saying(terms)))
    assert set(asked) <= set(by_index)
    return asked


@pytest.mark.parametrize("typed", ["printer", "PRINT", "error-7", '"printer says"', "7 printer", "p", "says"])
def test_a_line_is_found(line, typed):
    assert found(typed) == [line]


@pytest.mark.parametrize(
    "typed",
    [
        *("rinter", '"says printer"', "printer*7", "printer NOT error", "words:printer", "NEAR(printer error)"),
        *("'", '"', "' OR 1=1 --", "fault' & '", "printer:*|x", "\\", "()", "!", "%", "*", "^printer x", "\ud7ff"),
        "x" * 10_000,
    ],
)
def test_what_was_not_said_is_not_found(line, typed):
    assert found(typed) == []


def test_each_kind_of_line_is_taken(session, carol):
    """However long its words, and in whatever script."""
    for number, text in enumerate(["x" * 4000, "!!!", "発票 ๛ नमस्ते", "😀", "a'b\\c\"d", "ﷺ" * 1000]):
        say(session, text=text, client_id=f"c{number}", by=carol)
    assert len(found("x" * 70)) == 1
    assert len(found("発票")) == len(found("नमस्ते")) == 1


def test_changed_and_deleted_lines_are_found_no_more(line):
    line.text = "Fine now."
    line.save()
    assert found("printer") == []
    assert found("fine") == [line]
    line.delete()
    assert found("fine") == []


def test_what_was_rolled_back_is_not_found(session, carol):
    with transaction.atomic():
        say(session, text="never said", client_id="c9", by=carol)
        assert len(found("never")) == 1
        transaction.set_rollback(True)
    assert found("never") == []
    assert not found_by_index(terms_of("never"), 10).exists()


def test_retention_takes_lines_out_of_the_index(policy, line, session):
    SitePolicy.objects.update(chat_days=10)
    end_session(session, by=session.primary)
    long_ago = line.at - timedelta(days=11)
    ChatMessage.objects.update(at=long_ago)
    SupportSession.objects.update(ended_at=long_ago)
    remove_what_is_due()
    assert found("printer") == []
    assert not found_by_index(terms_of("printer"), 10).exists()


def lose_index():
    """As when a migration has built the table again, or where the index could not be made."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER line_said" if connection.vendor == "sqlite" else f"DROP INDEX {WORDS}")


def test_the_index_is_made_again_with_the_lines_that_there_are(session, carol):
    lose_index()
    line = say(session, text="The printer", client_id="c1", by=carol)
    # PostgreSQL alters no table about which it still has something to check.
    connection.check_constraints()
    make_word_index()
    make_word_index()
    assert found("printer") == [line]


def forget_words():
    """As in a site that was upgraded, or restored from a backup of before."""
    ChatMessage.objects.update(words=None)


def test_lines_from_before_are_indexed_a_piece_at_a_time(session, carol, monkeypatch):
    monkeypatch.setattr(search_index, "PIECE", 2)
    monkeypatch.setattr(search_index, "PIECES", 1)
    lines = [say(session, text=f"printer {n}", client_id=f"c{n}", by=carol) for n in range(5)]
    assert not is_behind()
    forget_words()
    assert is_behind()
    assert found("printer") == []
    index_what_is_not()
    index_what_is_not()
    assert Job.objects.filter(kind="sessions.index_lines").count() == 1
    index_lines()
    assert found("printer") == lines[3:]
    assert is_behind()
    while is_behind():
        index_lines(**Job.objects.filter(kind="sessions.index_lines").latest("pk").payload)
    assert found("printer") == lines
    assert search_index.store_words() is None


def test_doctor_says_that_it_is_behind(line):
    assert [finding.level for finding in words_of_the_chat()] == [Level.OK]
    forget_words()
    assert [finding.level for finding in words_of_the_chat()] == [Level.WARN]


def test_a_line_that_an_earlier_release_still_wrote_is_noticed(session, carol):
    say(session, text="The printer", client_id="c1", by=carol)
    late = say(session, text="The late printer", client_id="c2", by=carol)
    ChatMessage.objects.filter(pk=late.pk).update(words=None)
    assert is_behind()
    clear_words()
    assert Job.objects.filter(kind="sessions.index_lines").exists()
    index_lines()
    assert found("late printer") == [late]
