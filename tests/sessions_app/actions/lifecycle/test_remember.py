"""A customer has their browser remembered, and forgotten again: theirs to choose, and nothing is kept before (E62)."""

import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.remember import forget_browser, remember_browser
from sessions_app.actions.presence.device import note_device
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.errors import CannotRemember, NotInSession
from sessions_app.models import Participant
from supportcenter.browser_secrets import digest
from tests.factories import latest, make_customer, make_session

pytestmark = pytest.mark.django_db
OTHERS = "token of another browser"


def hashes():
    return set(Participant.objects.values_list("browser_hash", flat=True))


def test_nothing_is_kept_of_a_browser_before_it_is_chosen(session, carol):
    note_device(session, device={"system": "linux"}, by=carol)
    end_session(session, by=session.primary)
    assert hashes() == {""}


def test_only_a_digest_of_the_token_is_stored(session, carol):
    end_session(session, by=session.primary)
    token = remember_browser(carol)
    carol.refresh_from_db()
    assert len(token) >= 43
    assert carol.browser_hash == digest(token)
    assert remember_browser(carol, token=token) == token


def test_seat_of_a_remembered_browser_has_it_and_staff_are_told_to_look_again(session, carol):
    before = len(latest(session))
    note_device(session, device={"system": "linux"}, token="token", by=carol)
    note_device(session, device={"system": "linux"}, token="token", by=carol)
    carol.refresh_from_db()
    assert carol.browser_hash == digest("token")
    # The digest itself is told nobody.
    assert latest(session, before) == [("participant.checked", {"participant": carol.pk, "device": carol.device})]


def test_seat_that_moves_to_a_browser_that_is_not_remembered_has_it_no_more(session, carol):
    note_device(session, device={"system": "linux"}, token="token", by=carol)
    note_device(session, device={"system": "ios"}, by=carol)
    assert hashes() == {""}


def test_forgetting_takes_it_from_all_sessions_and_from_no_other_browser(session, carol, bilal):
    note_device(session, device={"system": "linux"}, token="token", by=carol)
    there = make_session(bilal)
    note_device(there, device={"system": "linux"}, token="token", by=make_customer(there))
    note_device(there, device={"system": "linux"}, token=OTHERS, by=make_customer(there, "Dave"))
    forget_browser("token")
    assert hashes() == {"", digest(OTHERS)}
    forget_browser("")
    assert hashes() == {"", digest(OTHERS)}


def test_it_is_not_chosen_in_the_middle_of_a_session(session, carol):
    with pytest.raises(CannotRemember):
        remember_browser(carol)
    leave_session(session, by=carol)
    carol.refresh_from_db()
    assert remember_browser(carol)


def test_site_that_shows_no_earlier_sessions_remembers_no_browser(session, carol, policy):
    policy.earlier_sessions = "off"
    policy.save()
    note_device(session, device={"system": "linux"}, token="token", by=carol)
    end_session(session, by=session.primary)
    with pytest.raises(CannotRemember):
        remember_browser(carol, token="token")
    assert hashes() == {""}


def test_erasing_the_customer_erases_it_and_nobody_remembers_them_later(session, carol, dana):
    end_session(session, by=session.primary)
    token = remember_browser(carol)
    erase_customer(session, carol, by=dana)
    assert hashes() == {""}
    with pytest.raises(NotInSession):
        remember_browser(carol, token=token)
    assert hashes() == {""}


@pytest.mark.parametrize("way", ["number", "link", "invitation", "signed"])
def test_join_notes_how_the_customer_came(session, way):
    customer, _seat = join_session(session, name="Carol", came_by=way)
    assert Participant.objects.get(pk=customer.pk).came_by == way
