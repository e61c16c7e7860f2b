"""What a representative reads when a session comes to them within it, and nobody else does (E63)."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.activities.activities import request_activity, start_activity, stop_activity
from sessions_app.actions.activities.consent import decline
from sessions_app.actions.case.details import change_details
from sessions_app.actions.case.notes import add_note
from sessions_app.actions.chat import say
from sessions_app.actions.control.ask_to_assist import ask_to_assist
from sessions_app.actions.control.take_over import take_over_session
from sessions_app.actions.control.transfer_control import return_control, transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.csr_pages import open_page
from sessions_app.actions.presence.presence import close_page
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import SupportSession
from sessions_app.queries import handovers
from sessions_app.queries.handovers import EVENTS_READ, HANDOVERS_SHOWN, desk_of
from sessions_app.queries.record import record_of
from supportcenter.accounts.models import CsrPrivileges, User
from tests.factories import be_here, make_assistant, make_customer, make_person, sent_file
from tests.sessions_app.views.asking import FETCH

pytestmark = pytest.mark.django_db


def fresh(session):
    return SupportSession.objects.get(pk=session.pk)


def desk(session, user):
    session = fresh(session)
    return desk_of(session, session.participants.present().get(user=user))


def told(shown):
    return (str(shown.handover.title), shown.handover.giver, shown.is_mine) if shown.handover else None


def page(user, session, name="session_handover", **more):
    browser = Client()
    browser.force_login(user)
    return " ".join(browser.get(reverse(name, args=[session.key]), **more).content.decode().split())


def control(session, user):
    transfer_control(session, make_assistant(session, user), by=fresh(session).primary)


def test_a_session_that_was_just_started_came_from_no_one(session, carol, amal):
    assert desk(session, amal).is_empty
    seen = page(amal, session)
    assert "<details" not in seen
    assert "data-arrived" in seen


def test_transfer_of_control_and_its_return(session, carol, clock, amal, bilal):
    clock.forward(minutes=1)
    control(session, bilal)
    assert told(desk(session, bilal)) == ("Control transferred", "Amal", True)
    # Who gave it was there all along.
    assert told(desk(session, amal)) == ("Control transferred", "Amal", False)
    assert " open>" not in page(amal, session)
    seen = page(bilal, session)
    assert " open>" in seen
    assert 'data-why="transferred" data-from="Amal"' in seen
    clock.forward(minutes=1)
    return_control(session, by=fresh(session).primary)
    assert told(desk(session, amal)) == ("Control returned", "Bilal", True)
    clock.forward(minutes=3)
    seen = page(amal, session)
    assert "Control returned" in seen
    assert "data-why" not in seen


def test_manager_who_takes_over_has_it_from_the_former_primary(session, carol, bilal):
    CsrPrivileges.objects.filter(user=bilal).update(manager=True)
    take_over_session(session, by=User.objects.get(pk=bilal.pk))
    assert told(desk(session, bilal)) == ("Taken over by a manager", "Amal", True)
    # They have joined to take over, not to assist.
    assert [str(one.title) for one in record_of(fresh(session)).handovers] == ["Taken over by a manager"]


def test_heir_of_a_primary_whose_connection_was_lost(session, carol, clock, bilal):
    control(session, bilal)
    primary = be_here(fresh(session).primary, page="p", secret="s")
    close_page(fresh(session), page="p", secret="s", by=primary)
    clock.forward(seconds=10)
    assert told(desk(session, User.objects.get(username="amal"))) == ("Connection lost", "Bilal", True)


def test_colleague_who_was_asked_and_one_who_came_alone(session, carol, amal, bilal, faris):
    open_page(bilal)
    ask_to_assist(session, bilal, by=session.primary)
    make_assistant(session, bilal)
    assert told(desk(session, bilal)) == ("Asked to assist", "Amal", True)
    make_assistant(session, faris)
    assert told(desk(session, faris)) == ("Joined to assist", "Amal", True)
    # It did not come to those who had it.
    assert desk(session, amal).is_empty
    assert told(desk(session, bilal)) == ("Asked to assist", "Amal", True)


def test_what_was_tried_stands_as_it_was_then(session, carol, clock, amal, bilal):
    began = start_activity(session, "voice", by=session.primary)
    clock.forward(minutes=12)
    stop_activity(session, began, by=session.primary)
    decline(session, request_activity(session, "view_desktop", carol, by=session.primary), by=carol)
    sent_file(session, carol, "error.txt")
    camera = start_activity(session, "video", by=carol)
    clock.forward(minutes=2)
    make_assistant(session, bilal)
    clock.forward(minutes=1)
    start_activity(session, "share_desktop", by=session.primary)
    tried = desk(session, bilal).handover.tried
    found = [(one.what, one.length, bool(one.since), str(one.in_vain), one.by) for one in tried]
    assert found == [
        ("View customer's desktop", "", False, "it was declined", ()),
        ("Video", "", True, "", ("Carol",)),
        ("Voice call", "12 minutes", False, "", ("Amal",)),
        ("1 file", "", False, "", ()),
    ]
    seen = page(bilal, session)
    assert "Voice call, 12 minutes" in seen
    assert "desktop: it was declined" in seen
    assert "Share my desktop" not in seen
    stop_activity(session, camera, by=carol)
    # It is over, and had run for so long by then.
    assert [one.length for one in desk(session, bilal).handover.tried] == ["", "2 minutes", "12 minutes", ""]


def test_each_handover_tells_how_long_something_had_run_by_then(session, carol, clock, bilal, faris):
    camera = start_activity(session, "video", by=carol)
    clock.forward(minutes=5)
    make_assistant(session, bilal)
    clock.forward(minutes=10)
    make_assistant(session, faris)
    clock.forward(minutes=25)
    stop_activity(session, camera, by=carol)
    lengths = [one.tried[0].length for one in record_of(fresh(session)).handovers]
    assert lengths == ["5 minutes", "15 minutes"]


def test_it_is_fetched_again_when_what_it_says_has_changed(session, carol, amal):
    (events,) = re.findall(r'data-handover-place [^>]*data-refresh-on="([^"]*)"', page(amal, session, "dashboard"))
    told_by = {"control.released", "control.transferred", "details.changed", "note.added", "activity.stopped"}
    assert set(events.split()) == told_by


def test_two_cameras_at_once_are_counted_once(session, carol, clock, bilal):
    for person in (carol, session.primary):
        start_activity(session, "video", by=person)
    clock.forward(minutes=4)
    control(session, bilal)
    (video,) = desk(session, bilal).handover.tried
    assert (video.length, video.by) == ("4 minutes", ("Carol", "Amal"))


def test_notes_tracking_and_tags(session, carol, defined, amal, bilal):
    add_note(session, text="Second <call>", press="p1", by=session.primary)
    values, tags = {defined["Ticket"].pk: "47"}, [defined["Urgent"].pk]
    change_details(session, values=values, give=tags, take=[], by=session.primary)
    control(session, bilal)
    shown = desk(session, bilal)
    assert (shown.latest_note, desk(session, amal).latest_note) == (session.notes.get().pk, 0)
    seen = page(bilal, session)
    for part in ("Second &lt;call&gt;", "47", "Urgent", f'data-note="{shown.latest_note}"'):
        assert part in seen
    assert "عاجل" in page(bilal, session, headers={"accept-language": "ar"})


def test_who_comes_again_has_written_their_own_notes(session, carol, amal, bilal, clock):
    helper = make_assistant(session, bilal)
    add_note(session, text="Mine", press="p1", by=helper)
    leave_session(session, by=helper)
    clock.forward(seconds=1)
    make_assistant(session, bilal)
    assert (desk(session, bilal).latest_note, desk(session, amal).latest_note) == (0, session.notes.get().pk)


def test_what_is_read_is_bounded(session, carol, amal, bilal, monkeypatch):
    control(session, bilal)
    monkeypatch.setattr(handovers, "EVENTS_READ", 4)
    assert told(desk(session, bilal)) == ("Control transferred", "Amal", True)
    for number in range(2):
        make_customer(session, f"Customer {number}")
        start_activity(session, "video", by=fresh(session).participants.customers().last())
    # It has come to them long ago: what has happened since tells nothing of it.
    assert desk(session, bilal).handover is None
    assert EVENTS_READ == 500


def test_record_shows_so_many_and_says_that_there_are_more(session, carol, clock, amal, bilal):
    make_assistant(session, bilal)
    for _ in range(HANDOVERS_SHOWN):
        clock.forward(seconds=10)
        held = fresh(session)
        other = held.participants.present().csrs().exclude(pk=held.primary_id).get()
        be_here(other)
        transfer_control(held, other, by=held.primary)
    record = record_of(fresh(session))
    assert (len(record.handovers), record.handovers.has_more) == (HANDOVERS_SHOWN, True)
    seen = page(amal, session, "record").split('id="record-handover"')[1].split("</section>")[0]
    assert "There are more." in seen


def test_region_costs_the_same_however_long_the_session_is(session, carol, clock, bilal):
    make_assistant(session, bilal)
    browser = Client()
    browser.force_login(bilal)

    def cost():
        browser.get(reverse("session_handover", args=[session.key]))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("session_handover", args=[session.key])).status_code == 200
        return [query["sql"] for query in captured.captured_queries]

    with_few = cost()
    for number in range(8):
        make_assistant(session, make_person(f"csr-{number}"))
        say(session, text="Hello", client_id=f"c{number}", by=carol)
        add_note(session, text="n", press=f"n{number}", by=session.primary)
    assert len(with_few) == len(cost()) <= 9, with_few


def test_what_an_erased_customer_did_is_not_told(session, carol, clock, amal, bilal, dana):
    omar = make_customer(session, "Omar")
    start_activity(session, "video", by=omar)
    clock.forward(minutes=1)
    sent_file(session, omar, "secret.txt")
    sent_file(session, carol, "mine.txt")
    control(session, bilal)
    end_session(session, by=fresh(session).primary)
    before = record_of(fresh(session)).handovers[-1].tried
    assert [(one.what, one.by) for one in before] == [("Video", ("Omar",)), ("2 files", ())]
    erase_customer(session, omar, by=dana)
    (handover, *_rest) = reversed(record_of(fresh(session)).handovers)
    assert [(one.what, one.by) for one in handover.tried] == [("1 file", ())]


def test_no_page_of_a_customer_has_any_of_it(seat, session, carol, bilal, amal):
    add_note(session, text="A secret of staff", press="p1", by=session.primary)
    start_activity(session, "voice", by=session.primary)
    control(session, bilal)
    names = ("remote_support", "customer_regions", "save_receipt")
    for name in names:
        asked = {"names": "roster,customer_status,media_bar"}
        seen = seat.get(reverse(name, args=[session.key]), asked).content.decode()
        for secret in ("A secret of staff", "What was tried", "Control transferred", "data-arrived"):
            assert secret not in seen
    answer = seat.get(reverse("session_handover", args=[session.key]), headers=FETCH)
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "not_in_session")


def test_region_is_for_those_who_are_in_the_session(desk_of_amal, session, carol, amal, bilal, eve):
    url = reverse("session_handover", args=[session.key])
    control(session, bilal)
    assert desk_of_amal.get(url).status_code == 200
    leave_session(session, by=session.participants.get(user=amal))
    assert desk_of_amal.get(url, headers=FETCH).status_code == 410
    desk_of_amal.force_login(eve)
    assert desk_of_amal.get(url).status_code == 404


@pytest.fixture
def desk_of_amal(client, amal):
    client.force_login(amal)
    return client
