"""A removal bars the customer's browser (E49); a new number and the lobby bar the others they may have."""

import pytest
from django.test import Client
from django.urls import reverse

from invitations.actions.invite import invite_by_email
from invitations.rules.links import join_link
from sessions_app.actions.lifecycle.join import refuse_customer
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.models import Participant, SupportSession
from tests.factories import make_session, types
from tests.presses import Press
from tests.sessions_app.views.asking import send
from tests.webacd.factories import make_queue

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def browser():
    """Of a customer who has joined by the number."""
    return Client()


def join(browser, session, **more):
    return browser.post(reverse("join"), {"number": session.number, "name": "Carol", **more})


def page_of(session):
    return reverse("remote_support", args=[session.key])


def path_of(link):
    return "/" + link.split("/", 3)[3]


def customers():
    return Participant.objects.customers().present()


@pytest.fixture
def removed(browser, session):
    """The customer, whom the primary has removed without more."""
    join(browser, session)
    customer = customers().get()
    remove_participant(session, customer, by=session.primary)
    session.refresh_from_db()
    return customer


def test_browser_of_who_was_removed_is_led_to_the_page_that_says_so(browser, session, removed):
    before = types(session)

    for door in (reverse("join"), path_of(join_link(session))):
        answer = browser.post(door, {"number": session.number, "name": "Carla"})
        assert answer["Location"] == page_of(session)

    page = browser.get(page_of(session)).content.decode()
    assert "You are no longer in this session" in page
    assert session.number not in page
    assert "Join again" not in page
    assert customers().count() == 0
    assert types(session) == before


def test_bar_is_for_one_browser_and_one_session(browser, session, removed, faris):
    assert join(Client(), session)["Location"] == page_of(session)
    elsewhere = make_session(faris)
    assert join(browser, elsewhere)["Location"] == page_of(elsewhere)
    assert {each.session_id for each in customers()} == {session.pk, elsewhere.pk}


def test_form_sent_again_without_its_cookie_seats_none_who_was_removed(client, session):
    press = Press(client, reverse("join"))
    press.send(number=session.number, name="Carol")
    remove_participant(session, customers().get(), by=session.primary)

    assert press.send(number=session.number, name="Carol").status_code == 403
    assert customers().count() == 0


def test_who_left_by_themselves_may_come_back(browser, session):
    join(browser, session)
    leave_session(session, by=customers().get())
    assert f"{reverse('join')}?number={session.number}" in browser.get(page_of(session)).content.decode()

    join(browser, session)

    assert customers().count() == 1


def test_who_was_not_let_in_is_barred_as_well(browser, session, policy):
    policy.admit_by_hand = True
    policy.save()
    join(browser, session)
    refuse_customer(session, customers().get(), by=session.primary)

    assert join(browser, session)["Location"] == page_of(session)
    assert "did not let you in" in browser.get(page_of(session)).content.decode()
    assert customers().count() == 0


def test_family_counts_as_one(browser, amal):
    """E34: in multi-session mode, what the number leads to may be another session each time."""
    amal.privileges.multi_session = True
    amal.privileges.save()
    head = make_session(amal)
    join(Client(), head, name="Omar")
    join(browser, head)
    branch = SupportSession.objects.get(branched_from=head)
    remove_participant(branch, customers().get(session=branch), by=branch.primary)

    for number_of in (head, branch):
        assert join(browser, number_of)["Location"] == page_of(branch)
    assert customers().count() == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_invitation_made_after_the_removal_lets_them_in(browser, session, clock, when):
    """By mistake removed: the primary can still want them, by name."""
    invite = {"recipient": "customer", "email": "carol@example.com", "language": "en", "by": session.primary}
    join(browser, session)
    earlier = invite_by_email(session, **invite)
    clock.forward(seconds=1)
    remove_participant(session, customers().get(), by=session.primary)
    clock.forward(seconds=1)
    invitation = earlier if when == "before" else invite_by_email(session, **invite)

    answer = browser.post(reverse("open_invitation", args=[invitation.token]), {"name": "Carol"})

    assert answer["Location"] == page_of(session)
    assert customers().count() == (1 if when == "after" else 0)


def test_queue_leads_to_a_seat_elsewhere_and_never_back(browser, session, removed):
    """Another agent may still help them: that is another session."""
    queue = make_queue("help")
    answer = browser.post(reverse("queue_entry", args=[queue.slug]), {"name": "Carol"})
    assert answer["Location"].startswith("/waiting/")
    assert customers().count() == 0


# ---- what the primary chooses besides


def test_new_number_replaces_the_old_one_and_the_link(desk, session, carol):
    number, link = session.number, join_link(session)

    send(desk, "remove_participant", session, carol.pk, new_number="yes")

    session.refresh_from_db()
    assert session.number != number
    assert not session.admits_by_hand
    assert Client().post(reverse("join"), {"number": number, "name": "Carla"}).status_code == 404
    assert Client().post(path_of(link), {"name": "Carla"}).status_code == 404
    assert join(Client(), session)["Location"] == page_of(session)
    assert types(session)[-4:-2] == ["customer.switched", "number.renewed"]


def test_new_number_is_not_told_to_who_is_out(desk, seat, session, carol):
    other = Client()
    join(other, session, name="Omar")
    leave_session(session, by=customers().get(name="Omar"))
    send(desk, "remove_participant", session, carol.pk, new_number="yes")
    session.refresh_from_db()

    for browser in (seat, other):
        receipt = browser.get(reverse("save_receipt", args=[session.key]))
        told = browser.get(page_of(session)).content + receipt.content + receipt["Content-Disposition"].encode()
        assert session.number.encode() not in told.replace(b" ", b"")


def test_new_number_counts_for_the_family_and_lobby_too(client, amal):
    amal.privileges.multi_session = True
    amal.privileges.save()
    head = make_session(amal)
    join(Client(), head, name="Omar")
    join(Client(), head)
    branch = SupportSession.objects.get(branched_from=head)
    numbers = {head.number, branch.number}
    client.force_login(amal)

    carol = customers().get(session=branch)
    send(client, "remove_participant", branch, carol.pk, new_number="yes", lobby="yes")

    head.refresh_from_db()
    branch.refresh_from_db()
    assert numbers.isdisjoint({head.number, branch.number})
    assert (head.admits_by_hand, branch.admits_by_hand) == (True, True)
    join(Client(), head, name="Lina")
    assert not customers().get(name="Lina").is_admitted


def test_lobby_is_for_who_comes_next(desk, session, carol):
    join(Client(), session, name="Omar")

    send(desk, "remove_participant", session, carol.pk, lobby="yes")
    join(Client(), session, name="Lina")

    assert {each.name: each.is_admitted for each in customers()} == {"Omar": True, "Lina": False}
    assert "New customers wait until you let them in." in desk.get(roster_of(session)).content.decode()

    send(desk, "switch_lobby", session, on="no")
    send(desk, "switch_lobby", session, on="no")
    join(Client(), session, name="Zain")

    assert customers().get(name="Zain").is_admitted
    assert types(session).count("lobby.switched") == 2
    assert "New customers wait" not in desk.get(roster_of(session)).content.decode()


def roster_of(session):
    return reverse("dashboard_region", args=[session.key, "roster"])
