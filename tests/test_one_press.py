"""One press makes one thing, however often it arrives; and a browser that is in is led back, not let in twice."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from invitations.actions.invite import invite_by_email
from invitations.rules.links import invitation_link, join_link
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.seats import seat_cookie
from supportcenter.jobs.workers.runner import run_due
from tests.presses import Press
from tests.webacd.factories import inbox, join_queue, make_agent, make_queue, offers_of
from webacd.actions.entering.waiting import abandon
from webacd.actions.offering.accept import accept
from webacd.actions.offering.route import route
from webacd.models import LeftMessage, SupportRequest
from webacd.rules.places import place_cookie

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(db):
    return make_queue("help")


def path_of(link):
    return "/" + link.split("/", 3)[3]


def customers():
    return Participant.objects.customers()


def seats_in(answers, session):
    return {answer.cookies[seat_cookie(session.key)].value for answer in answers}


# ---- joining


def test_join_pressed_three_times_is_one_person_in_one_seat(client, session):
    press = Press(client, reverse("join"))
    answers = [press.send(number=session.number, name="Carol") for _ in range(3)]
    assert [answer["Location"] for answer in answers] == [reverse("remote_support", args=[session.key])] * 3
    assert customers().count() == 1
    (seat,) = seats_in(answers, session)
    client.cookies[seat_cookie(session.key)] = seat
    assert client.get(answers[0]["Location"]).status_code == 200


def test_join_link_pressed_twice_is_one_person(client, session):
    press = Press(client, path_of(join_link(session)))
    assert len(seats_in([press.send(name="Carol"), press.send(name="Carol")], session)) == 1
    assert customers().count() == 1


def test_form_that_a_stranger_saw_does_not_give_them_the_seat(client, session):
    press = Press(client, reverse("join"))
    mine = press.send(number=session.number, name="Carol")
    theirs = press.send(number=session.number, name="Carol", csrf="x" * 32)
    assert len(seats_in([mine, theirs], session)) == 2
    assert customers().count() == 2


def test_two_forms_are_two_people(client, session):
    for _ in range(2):
        Press(client, reverse("join")).send(number=session.number, name="Carol")
    assert customers().count() == 2


def test_who_left_may_join_by_the_same_old_form(client, session):
    press = Press(client, reverse("join"))
    press.send(number=session.number, name="Carol")
    leave_session(session, by=customers().get())
    press.send(number=session.number, name="Carol")
    assert customers().present().count() == 1


def test_repeated_join_in_multi_session_mode_is_one_session(client, amal, policy):
    policy.multi_session = amal.csr_privileges.multi_session = True
    policy.save()
    amal.csr_privileges.save()
    client.force_login(amal)
    client.post(reverse("start_session"))
    session = SupportSession.objects.get()
    client.logout()
    for _ in range(2):
        Press(Client(), reverse("join")).send(number=session.number, name="First")
        press = Press(client, reverse("join"))
        press.send(number=session.number, name="Carol")
        press.send(number=session.number, name="Carol")
    # Four customers, of whom the first found the first session empty.
    assert SupportSession.objects.count() == customers().count() == 4


# ---- invitations


@pytest.fixture
def invitation(session):
    return invite_by_email(session, recipient="customer", email="carol@example.com", language="en", by=session.primary)


def test_invitation_accepted_twice_by_one_press_keeps_its_seat(client, session, invitation):
    press = Press(client, path_of(invitation_link(invitation)))
    answers = [press.send(name="Carol") for _ in range(2)]
    (seat,) = seats_in(answers, session)
    client.cookies[seat_cookie(session.key)] = seat
    assert client.get(answers[0]["Location"]).status_code == 200


def test_invitation_continued_by_an_old_form_after_leaving_works(client, session, invitation):
    press = Press(client, path_of(invitation_link(invitation)))
    press.send(name="Carol")
    leave_session(session, by=customers().get())
    press.send(name="Carol")
    assert press.send(name="Carol").status_code == 302
    assert customers().present().count() == 1


def test_invited_browser_that_is_in_already_is_led_to_its_seat(client, session, invitation):
    client.post(reverse("join"), {"number": session.number, "name": "Carol"})
    answer = client.post(path_of(invitation_link(invitation)), {"name": "Carol"})
    assert answer["Location"] == reverse("remote_support", args=[session.key])
    assert customers().count() == 1


# ---- queues


def test_queue_entered_three_times_by_one_press_is_one_place(client, queue):
    press = Press(client, reverse("queue_entry", args=[queue.slug]))
    answers = [press.send(name="Carol") for _ in range(3)]
    request = SupportRequest.objects.get()
    assert {answer["Location"] for answer in answers} == {reverse("waiting", args=[request.key])}
    assert len({answer.cookies[place_cookie(request.key)].value for answer in answers}) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_browser_with_a_place_is_led_back_to_it(client, queue, method):
    entry = reverse("queue_entry", args=[queue.slug])
    client.post(entry, {"name": "Carol"})
    again = getattr(client, method)(entry, {"name": "Carol"})
    assert again["Location"] == reverse("waiting", args=[SupportRequest.objects.get().key])


def test_place_that_was_answered_meanwhile_leads_into_the_session(client, queue, amal):
    agent = make_agent(amal)
    join_queue(queue, agent)
    press = Press(client, reverse("queue_entry", args=[queue.slug]))
    press.send(name="Carol")
    route()
    session = accept(offers_of(agent)[0], by=amal)
    again = press.send(name="Carol")
    request = SupportRequest.objects.get()
    client.cookies[place_cookie(request.key)] = again.cookies[place_cookie(request.key)].value
    assert client.get(again["Location"])["Location"] == reverse("remote_support", args=[session.key])


def test_who_gave_up_the_place_may_enter_again(client, queue):
    press = Press(client, reverse("queue_entry", args=[queue.slug]))
    press.send(name="Carol")
    abandon(SupportRequest.objects.get())
    press.send(name="Carol")
    assert SupportRequest.objects.waiting().count() == 1


def test_place_in_one_queue_is_none_in_another(client, queue):
    client.post(reverse("queue_entry", args=[queue.slug]), {"name": "Carol"})
    client.post(reverse("queue_entry", args=[make_queue("other").slug]), {"name": "Carol"})
    assert SupportRequest.objects.waiting().count() == 2


# ---- messages


MESSAGE = {"name": "Carol", "email": "carol@example.com", "text": "Call me."}


def test_message_left_three_times_is_one_and_mailed_once(client, queue, amal):
    join_queue(queue, make_agent(amal))
    press = Press(client, reverse("leave_message", args=[queue.slug]))
    answers = [press.send(**MESSAGE) for _ in range(3)]
    run_due()
    assert [answer.status_code for answer in answers] == [200] * 3
    assert (LeftMessage.objects.count(), len(mail.outbox)) == (1, 1)
    assert [event for event, _data in inbox(amal.agent)].count("message.left") == 1


def test_other_words_by_the_same_form_are_another_message(client, queue):
    press = Press(client, reverse("leave_message", args=[queue.slug]))
    press.send(**MESSAGE)
    press.send(**{**MESSAGE, "text": "And bring the manual."})
    assert LeftMessage.objects.count() == 2


# ---- starting


@pytest.fixture
def multi(amal, policy):
    policy.multi_session = amal.csr_privileges.multi_session = True
    policy.save()
    amal.csr_privileges.save()


def test_start_pressed_three_times_starts_one_session(client, amal, multi):
    client.force_login(amal)
    press = Press(client, reverse("start_session"))
    answers = [press.send(email_box="on") for _ in range(3)]
    session = SupportSession.objects.get()
    assert [answer["Location"] for answer in answers] == [reverse("dashboard", args=[session.key]) + "#invite"] * 3


def test_start_pressed_twice_in_single_session_mode_opens_the_session(client, amal, policy):
    client.force_login(amal)
    press = Press(client, reverse("start_session"))
    assert [press.send().status_code for _ in range(2)] == [302, 302]


def test_start_by_an_old_form_after_the_end_starts_the_next(client, amal, multi):
    client.force_login(amal)
    press = Press(client, reverse("start_session"))
    press.send()
    first = SupportSession.objects.get()
    end_session(first, by=first.primary)
    press.send()
    assert SupportSession.objects.open().count() == 1


def test_start_page_is_not_shown_from_memory(client, amal, policy):
    client.force_login(amal)
    assert "no-store" in client.get(reverse("start_session"))["Cache-Control"]
