from datetime import timedelta

import pytest

from sessions_app.actions.lifecycle import numbers
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import remove_participant
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.errors import NoNumberFree, NotACsr, SessionRunning
from sessions_app.models import SupportSession
from tests.factories import latest, types

pytestmark = pytest.mark.django_db


def let_manage_several(user):
    user.privileges.multi_session = True
    user.privileges.save()


def test_start_session_gives_a_number_at_once(amal):
    session = start_session(by=amal)

    assert (session.is_open, session.mode, session.state) == (True, "single", "waiting")
    assert len(session.number) == 9
    assert session.primary.user == amal
    assert latest(session) == [
        ("session.started", {"mode": "single"}),
        ("participant.joined", {"participant": session.primary.pk, "name": "Amal", "role": "primary"}),
    ]


def test_start_session_is_refused_to_who_is_no_csr(eve):
    with pytest.raises(NotACsr):
        start_session(by=eve)

    assert not SupportSession.objects.exists()


def test_second_start_in_single_session_mode_names_the_running_one(amal):
    first = start_session(by=amal)

    with pytest.raises(SessionRunning) as refused:
        start_session(by=amal)

    assert refused.value.facts == {"session": first.key}
    assert SupportSession.objects.count() == 1


def test_second_start_in_multi_session_mode_is_a_second_session(amal):
    let_manage_several(amal)

    first, second = start_session(by=amal), start_session(by=amal)

    assert first.mode == second.mode == "multi"
    assert first.number != second.number


def test_mode_of_a_running_session_never_changes(amal, policy):
    let_manage_several(amal)
    session = start_session(by=amal)

    policy.multi_session = False
    policy.save()

    assert SupportSession.objects.get(pk=session.pk).mode == "multi"


def test_number_of_an_open_or_recent_session_is_not_used_again(amal, monkeypatch, time_machine):
    session = start_session(by=amal)
    end_session(session, by=session.primary)
    monkeypatch.setattr(numbers, "draw_number", lambda: session.number)

    time_machine.move_to(session.started_at + timedelta(days=89))
    with pytest.raises(NoNumberFree):
        start_session(by=amal)

    time_machine.move_to(session.started_at + timedelta(days=91))
    assert start_session(by=amal).number == session.number


def test_number_that_was_replaced_is_not_used_again(session, carol, faris, monkeypatch, time_machine):
    former = session.number
    remove_participant(session, carol, new_number=True, by=session.primary)
    renewed = SupportSession.objects.get(pk=session.pk)
    monkeypatch.setattr(numbers, "draw_number", lambda: former)

    time_machine.move_to(renewed.number_renewed_at + timedelta(days=89))
    with pytest.raises(NoNumberFree):
        start_session(by=faris)

    time_machine.move_to(renewed.number_renewed_at + timedelta(days=91))
    assert start_session(by=faris).number == former


def test_start_remembers_the_email_box(amal):
    start_session(email_box=True, by=amal)
    amal.privileges.refresh_from_db()

    assert amal.privileges.email_box_ticked is True


def test_session_whose_page_never_comes_ends(amal, clock):
    session = start_session(by=amal)

    clock.forward(seconds=59)
    session.refresh_from_db()
    assert session.is_open

    clock.forward(seconds=1)

    session.refresh_from_db()
    assert session.end_reason == "connection_lost"
    assert types(session)[-1] == "session.ended"
