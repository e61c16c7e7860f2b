"""Notes on a session: written by its staff, told to staff alone, kept with its record."""

import pytest

from sessions_app.actions.case import notes
from sessions_app.actions.case.notes import add_note
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.errors import NoteRefused, NotesFull, NotInSession
from sessions_app.models import StaffNote, SupportSession
from supportcenter.live.log.eventlog import events_after
from tests.factories import latest, make_assistant, make_session

pytestmark = pytest.mark.django_db


def texts(session):
    return list(session.notes.values_list("text", flat=True))


def test_note_is_kept_and_told_to_staff_without_its_words(session, carol, amal):
    before = len(latest(session))

    note = add_note(session, text="Second call\nabout the printer", press="p1", by=session.primary)

    assert latest(session, before) == [("note.added", {"note": note.pk, "participant": session.primary.pk})]
    assert [event.type for event in events_after(session.stream, before, audience="everyone")] == []
    assert texts(session) == ["Second call\nabout the printer"]


def test_repeat_of_a_press_is_the_same_note(session):
    first = add_note(session, text="Once", press="p1", by=session.primary)
    said = latest(session)
    assert add_note(session, text="Once", press="p1", by=session.primary) == first
    assert (texts(session), latest(session)) == (["Once"], said)


def test_assistants_write_notes_too_and_customers_do_not(session, carol, bilal):
    add_note(session, text="I know this one", press="p1", by=make_assistant(session, bilal))
    with pytest.raises(NotInSession):
        add_note(session, text="Mine", press="p2", by=carol)
    assert texts(session) == ["I know this one"]


@pytest.mark.parametrize("text", ["", " \n ", "a\0b", "x" * 4001])
def test_note_that_cannot_be_shown_is_refused(session, text):
    with pytest.raises(NoteRefused):
        add_note(session, text=text, press="p1", by=session.primary)
    assert texts(session) == []


def test_notes_of_a_session_are_bounded(session, monkeypatch):
    monkeypatch.setattr(notes, "MOST_NOTES", 2)
    for number in range(2):
        add_note(session, text="n", press=f"p{number}", by=session.primary)
    with pytest.raises(NotesFull):
        add_note(session, text="n", press="p3", by=session.primary)
    assert StaffNote.objects.count() == 2


def test_who_left_writes_none_until_it_has_ended(session, carol, bilal):
    helper = make_assistant(session, bilal)
    leave_session(session, by=helper)
    with pytest.raises(NotInSession):
        add_note(session, text="Late", press="p1", by=helper)
    end_session(session, by=session.primary)
    add_note(session, text="Late", press="p1", by=helper)
    assert texts(session) == ["Late"]


def test_a_note_after_the_end_is_no_use_of_the_session(session, carol, clock):
    ended = end_session(session, by=session.primary)
    before = SupportSession.objects.get().last_activity_at
    clock.forward(hours=1)
    add_note(ended, text="Late", press="p1", by=ended.primary)
    assert SupportSession.objects.get().last_activity_at == before


def test_who_is_no_csr_any_more_writes_none(session, amal):
    amal.csr_privileges.delete()
    with pytest.raises(NotInSession):
        add_note(session, text="Late", press="p1", by=session.primary)
    assert texts(session) == []


def test_who_is_in_another_session_writes_none(session, bilal):
    with pytest.raises(NotInSession):
        add_note(session, text="Mine", press="p1", by=make_session(bilal).primary)
    assert texts(session) == []


def test_the_next_primary_has_the_notes(session, carol, bilal):
    add_note(session, text="Tried a restart", press="p1", by=session.primary)
    helper = make_assistant(session, bilal)
    transfer_control(session, helper, by=session.primary)
    add_note(session, text="And the cable", press="p2", by=helper)
    assert texts(session) == ["Tried a restart", "And the cable"]
