"""E59: what a page has of the chat, and what was in sight there, is told to the other side alone."""

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.seen import note_seen
from sessions_app.errors import NotAdmitted, NotInSession
from sessions_app.models import Participant
from sessions_app.rules.seats import seat_cookie
from supportcenter.asgi import websocket
from supportcenter.live.log.eventlog import position
from tests.factories import latest
from tests.realtime import in_database, open_page

pytestmark = pytest.mark.django_db(transaction=True)


def read(participant):
    participant.refresh_from_db()
    return participant.delivered_line, participant.seen_line


def test_note_seen_goes_forward_alone_and_never_beyond_what_was_said(session, carol):
    first, second = (say(session, text=word, client_id=word, by=session.primary) for word in ("a", "b"))
    events = latest(session)

    note_seen(session, delivered=second.pk, seen=first.pk, by=carol)
    assert read(carol) == (second.pk, first.pk)
    note_seen(session, delivered=first.pk, seen=0, by=carol)
    assert read(carol) == (second.pk, first.pk)
    note_seen(session, delivered=10**17, seen=10**17, by=carol)
    assert read(carol) == (second.pk, second.pk)
    note_seen(session, delivered=0, seen=10**17, by=session.primary)
    assert read(session.primary) == (0, 0)
    assert latest(session) == events


def test_what_is_known_already_locks_nothing(session, carol, django_assert_num_queries):
    line = say(session, text="a", client_id="a", by=session.primary)
    note_seen(session, delivered=line.pk, seen=line.pk, by=carol)
    carol.refresh_from_db()
    with django_assert_num_queries(0):
        note_seen(session, delivered=line.pk, seen=0, by=carol)


def test_note_seen_is_refused_to_who_left_or_waits(session, carol, policy):
    policy.admit_by_hand = True
    policy.save()
    waiting, _seat = join_session(session, name="Walter")
    with pytest.raises(NotAdmitted):
        note_seen(session, delivered=1, seen=1, by=waiting)
    leave_session(session, by=carol)
    with pytest.raises(NotInSession):
        note_seen(session, delivered=1, seen=1, by=carol)


async def test_no_customer_hears_what_another_has_read(session, amal):
    def begin():
        browsers, people = [], []
        for name in ("Carol", "Omar"):
            customer, seat = join_session(session, name=name)
            browsers.append(Client())
            browsers[-1].cookies[seat_cookie(session.key)] = seat
            people.append(customer)
        line = say(session, text="Hello", client_id="a", by=session.primary)
        return *people, *browsers, line, position(session.stream)

    carol, omar, of_carol, of_omar, line, after = await in_database(begin)
    desk = Client()
    await sync_to_async(desk.force_login)(amal)
    support, console = f"/ws/support/{session.key}/", f"/ws/sessions/{session.key}/"
    async with (
        open_page(websocket, console, client=desk, after=after) as amal_hears,
        open_page(websocket, support, client=of_carol, after=after, page="c") as carol_hears,
        open_page(websocket, support, client=of_omar, after=after, page="o") as omar_hears,
    ):
        await in_database(note_seen, session, delivered=line.pk, seen=line.pk, by=carol)
        told = {"participant": carol.pk, "after": carol.lines_before, "delivered": line.pk, "seen": line.pk}
        signal = {"frame": "signal", "type": "marks.told", "from": None, "data": told}
        assert await amal_hears.next_signal() == signal
        for other in (carol_hears, omar_hears):
            await other.expect_nothing_more()

        primary = await in_database(Participant.objects.get, pk=session.primary_id)
        await in_database(note_seen, session, delivered=line.pk, seen=0, by=primary)
        for each in (carol_hears, omar_hears):
            assert (await each.next_signal())["data"] == {
                "participant": primary.pk,
                "after": 0,
                "delivered": line.pk,
                "seen": 0,
            }
        await amal_hears.expect_nothing_more()
    assert omar.lines_before < line.pk
