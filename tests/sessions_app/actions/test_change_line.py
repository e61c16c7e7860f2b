"""E58: the author of a line edits or deletes it for a while; what it said stays on record."""

import pytest

from sessions_app.actions.change_line import MOST_EDITS, delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.errors import (
    ConversationFull,
    LineIsFixed,
    MessageRefused,
    NotInSession,
    NotYours,
    SessionHasEnded,
    WritingTooFast,
)
from sessions_app.models import ChatMessage, EarlierText
from sessions_app.rules import chat_pace
from supportcenter.text.wording import words_of
from tests.factories import latest, make_assistant, make_customer, sent_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(session, carol):
    return say(session, text="My pasword is wrong", client_id="c1", by=carol)


def changes(session, after):
    return [(name, data) for name, data in latest(session, after) if name.startswith("chat.")]


def earlier(line):
    return [each.text for each in line.earlier_texts.all()]


def test_edit_line_replaces_the_text_and_keeps_what_it_said(clock, session, carol, line):
    before = len(latest(session))
    clock.forward(minutes=1)

    edited = edit_line(session, line, text=" My password is wrong\r\n", by=carol)

    line.refresh_from_db()
    assert (line.text, line.words) == ("My password is wrong", words_of("My password is wrong"))
    assert line.edited_at == edited.edited_at > line.at
    assert earlier(line) == ["My pasword is wrong"]
    assert changes(session, before) == [
        ("chat.edited", {"message": line.pk, "participant": carol.pk, "text": "My password is wrong"})
    ]


def test_delete_line_leaves_a_note_and_what_it_said_on_record(session, carol, line):
    edit_line(session, line, text="Second", by=carol)
    before = len(latest(session))

    delete_line(session, line, by=carol)

    line.refresh_from_db()
    assert (line.text, line.words, line.is_deleted) == ("", words_of(""), True)
    assert earlier(line) == ["My pasword is wrong", "Second"]
    assert changes(session, before) == [("chat.deleted", {"message": line.pk, "participant": carol.pk})]


def test_the_log_says_again_only_what_the_line_says_now(session, carol, line):
    """Who was offline meanwhile is told what happened, and nothing of what was taken back."""
    other = say(session, text="Stays", client_id="c2", by=carol)
    edit_line(session, line, text="Second", by=carol)
    edit_line(session, line, text="Third", by=carol)

    assert words_told(session) == [("said", "Third"), ("said", "Stays"), ("edited", "Third"), ("edited", "Third")]

    delete_line(session, line, by=carol)

    assert words_told(session) == [("said", ""), ("said", "Stays"), ("edited", ""), ("edited", ""), ("deleted", None)]
    assert earlier(line) == ["My pasword is wrong", "Second", "Third"]
    assert earlier(other) == []


def words_told(session):
    return [(name.removeprefix("chat."), data.get("text")) for name, data in changes(session, 0)]


def test_a_repeat_changes_nothing(clock, session, carol, line):
    edit_line(session, line, text="Second", by=carol)
    clock.forward(minutes=5)
    before = len(latest(session))
    edit_line(session, line, text="Second", by=carol)
    assert latest(session, before) == []

    later = say(session, text="Third", client_id="c2", by=carol)
    delete_line(session, later, by=carol)
    before = len(latest(session))
    clock.forward(minutes=5)
    delete_line(session, later, by=carol)
    assert latest(session, before) == []


@pytest.mark.parametrize("change", [lambda *who, **by: edit_line(*who, text="Other", **by), delete_line])
def test_it_is_refused_to_everyone_but_the_author(session, line, bilal, change):
    for other in (session.primary, make_assistant(session, bilal), make_customer(session, "Omar")):
        with pytest.raises(NotYours):
            change(session, line, by=other)
    assert earlier(line) == []


@pytest.mark.parametrize("change", [lambda *who, **by: edit_line(*who, text="Other", **by), delete_line])
@pytest.mark.parametrize(("minutes", "seconds"), [(2, 120), (0, 0), (5, 300)])
def test_it_is_refused_after_a_while(clock, policy, session, carol, line, change, minutes, seconds):
    policy.edit_minutes = minutes
    policy.save()
    clock.forward(seconds=seconds)
    with pytest.raises(LineIsFixed):
        change(session, line, by=carol)


@pytest.mark.parametrize("change", [lambda *who, **by: edit_line(*who, text="Other", **by), delete_line])
def test_it_is_refused_once_the_conversation_is_closed(session, carol, line, bilal, change):
    assistant = make_assistant(session, bilal)
    transfer_control(session, assistant, by=session.primary)
    with pytest.raises(LineIsFixed):
        change(session, line, by=carol)

    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        change(session, line, by=carol)
    end_session(session, by=assistant)
    with pytest.raises(SessionHasEnded):
        change(session, line, by=carol)


@pytest.mark.parametrize("text", ["", " \n ", "a\0b", "x" * 4001])
def test_text_that_cannot_be_shown_is_refused(session, carol, line, text):
    with pytest.raises(MessageRefused):
        edit_line(session, line, text=text, by=carol)


def test_a_line_about_a_file_stays_as_it_is(session, carol):
    line = sent_file(session, carol, "a.txt").line
    with pytest.raises(LineIsFixed):
        edit_line(session, line, text="b.txt", by=carol)
    with pytest.raises(LineIsFixed):
        delete_line(session, line, by=carol)


def test_a_deleted_line_is_edited_no_more(session, carol, line):
    delete_line(session, line, by=carol)
    with pytest.raises(LineIsFixed):
        edit_line(session, line, text="Back again", by=carol)


def test_a_line_has_so_many_edits(clock, session, carol, line):
    for number in range(MOST_EDITS):
        clock.forward(seconds=1)
        edit_line(session, line, text=f"Version {number}", by=carol)
    with pytest.raises(LineIsFixed):
        edit_line(session, line, text="One more", by=carol)
    delete_line(session, line, by=carol)


def test_edits_count_with_the_lines_that_are_written(policy, session, carol):
    policy.lines_per_minute = 4
    policy.save()
    lines = [say(session, text=f"Line {number}", client_id=f"c{number}", by=carol) for number in range(2)]
    for line in lines:
        edit_line(session, line, text=f"{line.text}, edited", by=carol)
    with pytest.raises(WritingTooFast):
        edit_line(session, lines[0], text="Again", by=carol)


def test_messages_count_with_edits(clock, policy, session, carol):
    policy.lines_per_minute = 14
    policy.save()
    lines = [say(session, text=f"Line {number}", client_id=f"c{number}", by=carol) for number in range(2)]
    for number in range(4):
        clock.forward(seconds=1)
        edit_line(session, lines[0], text=f"Version {number}", by=carol)
    clock.forward(seconds=6)
    for number in range(2, 10):
        say(session, text=f"Line {number}", client_id=f"c{number}", by=carol)
        clock.forward(seconds=1)
    with pytest.raises(WritingTooFast) as refused:
        say(session, text="One more", client_id="more", by=carol)
    assert refused.value.facts == {"retry_after": 42}
    clock.forward(seconds=42)
    say(session, text="One more", client_id="more", by=carol)


def test_a_full_conversation_takes_no_edit_either(monkeypatch, session, carol, line):
    monkeypatch.setattr(chat_pace, "EVENTS", len(latest(session)))
    with pytest.raises(ConversationFull):
        edit_line(session, line, text="Other", by=carol)
    with pytest.raises(ConversationFull):
        delete_line(session, line, by=carol)
    assert earlier(line) == []


def test_who_has_come_since_is_not_told_by_an_edit(session, carol, line):
    """E48: the event would carry a line that they do not read. Deleting it tells nothing."""
    omar = make_customer(session, "Omar")
    with pytest.raises(LineIsFixed) as refused:
        edit_line(session, line, text="Other", by=carol)
    assert "joined" in str(refused.value.message)

    leave_session(session, by=omar)
    edit_line(session, line, text="Other", by=carol)
    make_customer(session, "Nadia")
    delete_line(session, line, by=carol)


def test_an_erasure_takes_what_it_said(session, carol, line, dana):
    ours = say(session, text="Your code is 1234", client_id="a1", by=session.primary)
    edit_line(session, line, text="Secret second", by=carol)
    edit_line(session, ours, text="Your code is 5678", by=session.primary)
    delete_line(session, line, by=carol)
    end_session(session, by=session.primary)

    erase_customer(session, carol, by=dana)

    assert not EarlierText.objects.exists()
    assert not ChatMessage.objects.exists()
    told = [data["text"] for _name, data in latest(session) if "text" in data]
    assert told == ["", "", "", ""]


def test_an_erasure_takes_what_was_changed_while_they_were_there(clock, policy, session, dana):
    """Said before the customer came, who read it all the same, and then edited: what it says now may be about them."""
    policy.shows_earlier_chat = True
    policy.save()
    edited, deleted, before, after = (
        say(session, text=f"Line {number}", client_id=f"a{number}", by=session.primary) for number in range(4)
    )
    edit_line(session, before, text="Line 2, edited before", by=session.primary)
    clock.forward(seconds=1)
    carol = make_customer(session)
    edit_line(session, edited, text="Carol's code is 1234", by=session.primary)
    delete_line(session, deleted, by=session.primary)
    clock.forward(seconds=1)
    edit_line(session, edited, text="Your code is 5678", by=session.primary)
    leave_session(session, by=carol)
    clock.forward(seconds=1)
    edit_line(session, after, text="Line 3, edited after", by=session.primary)
    edit_line(session, edited, text="Line 0", by=session.primary)
    end_session(session, by=session.primary)

    erase_customer(session, carol, by=dana)

    assert list(session.chat_messages.values_list("pk", flat=True)) == [before.pk, after.pk]
    assert [each.text for each in EarlierText.objects.all()] == ["Line 2", "Line 3"]
    told = {data["text"] for _name, data in latest(session) if "text" in data}
    assert told == {"", "Line 2, edited before", "Line 3, edited after"}


def test_retention_takes_what_it_said(clock, policy, session, carol, line):
    edit_line(session, line, text="Second", by=carol)
    end_session(session, by=session.primary)
    policy.chat_days = 10
    policy.save()
    clock.forward(days=11)

    remove_what_is_due()

    assert not EarlierText.objects.exists()
    assert {data["text"] for _name, data in latest(session) if "text" in data} == {""}
