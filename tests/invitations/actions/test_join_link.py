from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from invitations.actions.join_link import renew_join_link, switch_join_link
from invitations.errors import JoinLinkOff
from invitations.rules.links import join_token, session_of_join_token
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotInControl, SessionHasEnded
from tests.factories import latest, make_assistant

pytestmark = pytest.mark.django_db


def test_renew_makes_earlier_links_void(session):
    earlier = join_token(session, "customer")
    assert session_of_join_token(earlier) == (session, "customer")
    before = len(latest(session))

    renewed = renew_join_link(session, by=session.primary)

    assert session_of_join_token(earlier) is None
    assert session_of_join_token(join_token(renewed, "customer")) == (session, "customer")
    assert latest(session, before) == [("link.renewed", {})]


def test_renew_is_refused_to_assistants(session, bilal):
    with pytest.raises(NotInControl):
        renew_join_link(session, by=make_assistant(session, bilal))


def test_renew_in_an_ended_session_is_refused(session):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        renew_join_link(session, by=session.primary)


@pytest.mark.parametrize("recipient", ["customer", "csr"])
def test_a_link_that_is_off_lets_in_nobody_until_it_is_on_again(session, recipient):
    token, before = join_token(session, recipient), len(latest(session))

    switch_join_link(session, on=False, by=session.primary)

    with pytest.raises(JoinLinkOff):
        session_of_join_token(token)
    switch_join_link(session, on=True, by=session.primary)
    assert session_of_join_token(token) == (session, recipient)
    assert latest(session, before) == [("link.switched", {"on": False}), ("link.switched", {"on": True})]


def test_a_link_that_was_renewed_while_off_is_off_as_well(session):
    switch_join_link(session, on=False, by=session.primary)

    renewed = renew_join_link(session, by=session.primary)

    with pytest.raises(JoinLinkOff):
        session_of_join_token(join_token(renewed, "customer"))


def test_switching_twice_is_told_once(session):
    before = len(latest(session))

    switch_join_link(session, on=True, by=session.primary)
    switch_join_link(session, on=False, by=session.primary)
    switch_join_link(session, on=False, by=session.primary)

    assert latest(session, before) == [("link.switched", {"on": False})]


def test_number_and_personal_invitation_go_on_while_the_link_is_off(session, client, invitation):
    switch_join_link(session, on=False, by=session.primary)

    by_number = client.post(reverse("join"), {"number": session.number, "name": "Carol"})
    by_invitation = Client().get(reverse("open_invitation", args=[invitation.token]))

    assert (by_number.status_code, by_invitation.status_code) == (302, 200)


def test_a_link_that_is_off_says_so_in_the_readers_language(session, client):
    link = reverse("join_by_link", args=[join_token(session, "customer")])
    switch_join_link(session, on=False, by=session.primary)

    pages = [client.get(link), client.post(link, {"name": "Carol"})]
    arabic = client.get(link, headers={"Accept-Language": "ar"})

    assert [page.status_code for page in pages] == [403, 403]
    assert all("This link has been switched off." in page.content.decode() for page in pages)
    assert "أُوقف هذا الرابط." in arabic.content.decode()
    assert not session.participants.customers().exists()


@pytest.mark.parametrize(
    ("close", "refusal"),
    [(renew_join_link, "does not lead to a session"), (partial(switch_join_link, on=False), "has been switched off")],
    ids=["renewed", "switched off"],
)
def test_a_link_that_is_closed_while_somebody_comes_by_it_lets_nobody_in(session, client, close, refusal):
    link = reverse("join_by_link", args=[join_token(session, "customer")])
    by, found = session.primary, []

    def close_when_found(execute, sql, *rest):
        answer = execute(sql, *rest)
        if "sessions_app_supportsession" in sql and not found:
            found.append(sql)
            close(session, by=by)
        return answer

    with connection.execute_wrapper(close_when_found):
        page = client.post(link, {"name": "Carol"})

    assert found
    assert refusal in page.content.decode()
    assert not session.participants.customers().exists()


def test_after_the_end_a_link_that_was_off_says_that_the_session_is_over(session, client):
    link = reverse("join_by_link", args=[join_token(session, "customer")])
    switch_join_link(session, on=False, by=session.primary)
    end_session(session, by=session.primary)

    assert client.get(link).status_code == 410


def test_switch_is_refused_to_assistants(session, bilal):
    with pytest.raises(NotInControl):
        switch_join_link(session, on=False, by=make_assistant(session, bilal))


def test_switch_in_an_ended_session_is_refused(session):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        switch_join_link(session, on=False, by=session.primary)
