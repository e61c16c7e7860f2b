import pytest
from django.urls import reverse

from invitations.actions.join_link import switch_join_link
from invitations.actions.revoke import revoke_invitation
from invitations.rules.links import join_token
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import Participant
from sessions_app.rules.seats import customer_with_seat, seat_cookie
from tests.factories import make_customer, types

pytestmark = pytest.mark.django_db

CAROL = {"name": "Carol", "email": "carol@example.com"}


def invitation_page(invitation):
    return reverse("open_invitation", args=[invitation.token])


def join_page(session, recipient="customer"):
    return reverse("join_by_link", args=[join_token(session, recipient)])


def customer_in(response, session):
    """Who sits on the seat that the browser was handed."""
    return customer_with_seat(session.key, response.cookies[seat_cookie(session.key)].value)


def customers():
    return Participant.objects.customers().count()


def test_looking_at_an_invitation_changes_nothing(client, session, invitation):
    happened = types(session)

    page = client.get(invitation_page(invitation))

    assert (page.status_code, page["Cache-Control"]) == (200, "max-age=0, no-cache, no-store, must-revalidate, private")
    # Who has the link may not be who was invited.
    assert "carol@example.com" not in page.content.decode()
    invitation.refresh_from_db()
    assert (types(session), invitation.opened_at, customers()) == (happened, None, 0)


def test_joining_by_an_invitation(client, session, invitation):
    response = client.post(invitation_page(invitation), CAROL)

    assert response["Location"] == reverse("remote_support", args=[session.key])
    assert customer_in(response, session).name == "Carol"
    invitation.refresh_from_db()
    assert invitation.state == "joined"
    assert client.get(response["Location"]).status_code == 200


def test_joining_needs_a_name(client, invitation):
    page = client.post(invitation_page(invitation), {"name": " "})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["name"])
    assert customers() == 0


def test_the_same_browser_goes_on_where_it_is(client, session, invitation):
    seat = client.post(invitation_page(invitation), CAROL).cookies[seat_cookie(session.key)].value

    for response in (client.get(invitation_page(invitation)), client.post(invitation_page(invitation), CAROL)):
        assert response["Location"] == reverse("remote_support", args=[session.key])

    assert client.cookies[seat_cookie(session.key)].value == seat
    assert customers() == 1


def test_another_browser_takes_the_seat_over(client, client_of, session, invitation):
    client.post(invitation_page(invitation), CAROL)
    phone = client_of()
    assert phone.get(invitation_page(invitation)).context["seated"].name == "Carol"

    response = phone.post(invitation_page(invitation))

    assert customer_in(response, session).name == "Carol"
    assert phone.get(response["Location"]).status_code == 200
    assert client.get(response["Location"]).status_code == 404
    assert customers() == 1


def test_the_page_speaks_the_invitations_language(client, invite):
    invitation = invite(language="ar")

    page = client.get(invitation_page(invitation), headers={"Accept-Language": "en"})
    response = client.post(invitation_page(invitation), CAROL, headers={"Accept-Language": "en"})

    assert '<html lang="ar" dir="rtl">' in page.content.decode()
    assert Participant.objects.customers().get().language == "ar"
    assert '<html lang="ar" dir="rtl">' in client.get(response["Location"]).content.decode()


def test_the_visitors_own_choice_of_language_counts_more(client, invite, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get(invitation_page(invite(language="ar")))

    assert '<html lang="en" dir="ltr">' in page.content.decode()


def test_the_page_reports_that_it_is_looked_at(client, invitation):
    assert client.post(reverse("invitation_opened", args=[invitation.token])).status_code == 204

    invitation.refresh_from_db()
    assert invitation.state == "opened"


def test_reporting_takes_a_post(client, invitation):
    assert client.get(reverse("invitation_opened", args=[invitation.token])).status_code == 405


@pytest.mark.parametrize("token", ["nonsense", "a" * 43, "_-" * 30])
def test_an_unknown_link_leads_nowhere(client, db, token):
    for name in ("open_invitation", "join_by_link"):
        assert client.get(reverse(name, args=[token])).status_code == 404
        assert client.post(reverse(name, args=[token]), CAROL).status_code == 404


def test_after_the_end_links_say_so(client, session, invitation):
    end_session(session, by=session.primary)

    for page in (invitation_page(invitation), join_page(session)):
        assert client.get(page).status_code == 410
        assert client.post(page, CAROL).status_code == 410
    assert "This session has ended." in client.get(invitation_page(invitation)).content.decode()
    assert customers() == 0


def test_a_revoked_invitation_says_so_in_its_language(client, session, invite):
    invitation = invite(language="ar")
    revoke_invitation(session, invitation, by=session.primary)

    page = client.get(invitation_page(invitation))

    assert page.status_code == 410
    assert "أُلغيت هذه الدعوة. اطلب دعوة جديدة من ممثل الدعم." in page.content.decode()


def test_no_room_is_a_kind_page(client, session, invitation, policy):
    policy.max_customers = 1
    policy.save()
    make_customer(session)

    page = client.post(invitation_page(invitation), CAROL)

    assert page.status_code == 409
    assert "Try again in a few minutes." in page.content.decode()
    # The name is kept, and sent again by itself to the same link.
    assert f'action="{invitation_page(invitation)}"' in page.content.decode()
    assert f'type="hidden" name="name" value="{CAROL["name"]}"' in page.content.decode()


def test_a_representative_is_led_through_sign_in(client, invite, session, bilal):
    page = invitation_page(invite(recipient="csr"))

    assert f'href="/accounts/login/?next={page}"' in client.get(page).content.decode()
    assert client.post(page).status_code == 200
    client.force_login(bilal)
    assert client.get(page).status_code == 200
    assert not session.participants.filter(user=bilal).exists()

    response = client.post(page)

    assert response["Location"] == reverse("dashboard", args=[session.key])
    assert session.participants.get(user=bilal).role == "assistant"


def test_a_representatives_invitation_is_not_for_everybody_signed_in(client, invite, session, eve):
    client.force_login(eve)
    page = invitation_page(invite(recipient="csr"))

    assert client.get(page).status_code == client.post(page).status_code == 403
    assert not session.participants.filter(user=eve).exists()


def test_joining_by_the_sessions_link(client, client_of, session):
    assert client.get(join_page(session)).status_code == 200
    assert customers() == 0

    response = client.post(join_page(session), CAROL)
    client_of().post(join_page(session), {"name": "Omar"})

    assert response["Location"] == reverse("remote_support", args=[session.key])
    assert customer_in(response, session).name == "Carol"
    assert customers() == 2


def test_the_sessions_link_does_not_seat_a_browser_twice(client, session):
    client.post(join_page(session), CAROL)

    client.post(join_page(session), CAROL)

    assert customers() == 1


def test_the_sessions_link_for_a_representative(client, session, bilal):
    assert client.get(join_page(session, "csr")).context["sign_in"]
    client.force_login(bilal)

    response = client.post(join_page(session, "csr"))

    assert response["Location"] == reverse("dashboard", args=[session.key])


def test_the_sessions_link_for_a_representative_is_nobody_elses(client, session, eve):
    client.force_login(eve)

    assert client.post(join_page(session, "csr")).status_code == 403
    assert customers() == 0


@pytest.fixture
def links(session, invitation):
    return {"personal": invitation_page(invitation), "for all": join_page(session)}


@pytest.mark.parametrize("which", ["personal", "for all"])
class TestRepresentativeWithACustomersLink:
    def test_is_asked_what_is_meant(self, client, links, bilal, which):
        client.force_login(bilal)

        page = client.get(links[which]).content.decode()

        assert "This link is for a customer" in page
        assert 'name="name"' not in page

    def test_is_led_to_the_session_they_are_in(self, client, links, session, amal, which):
        client.force_login(amal)

        page = client.get(links[which]).content.decode()

        assert f'href="{reverse("dashboard", args=[session.key])}"' in page
        assert "Assist in the session" not in page

    def test_assists(self, client, links, session, bilal, which):
        client.force_login(bilal)

        answer = client.post(links[which], {"as_csr": "1"})

        assert answer["Location"] == reverse("dashboard", args=[session.key])
        assert session.participants.present().get(user=bilal).role == "assistant"
        assert customers() == 0

    def test_may_come_as_a_customer(self, client, links, bilal, which):
        client.force_login(bilal)
        assert 'name="name"' in client.get(links[which] + "?as_customer=1").content.decode()

        client.post(links[which] + "?as_customer=1", CAROL)

        assert customers() == 1


def test_a_stranger_does_not_assist_by_a_customers_link(client, session):
    answer = client.post(join_page(session), {"as_csr": "1"})

    assert answer.status_code == 200
    assert "Sign in first" in answer.content.decode()
    assert not session.participants.present().exclude(user=session.primary.user).exists()


def test_a_customer_with_a_representatives_link_finds_the_way(client, session):
    assert f'href="{reverse("join")}"' in client.get(join_page(session, "csr")).content.decode()


def test_a_link_from_before_an_upgrade_still_leads_to_its_session(client, session, invite, monkeypatch):
    earlier = invite(nonce="n" * 22)
    assert len(earlier.token) == 43
    assert client.get(invitation_page(earlier)).status_code == 200


def test_a_representative_assists_by_a_personal_invitation_though_the_join_link_is_off(
    client, session, invitation, bilal
):
    switch_join_link(session, on=False, by=session.primary)
    client.force_login(bilal)

    answer = client.post(invitation_page(invitation), {"as_csr": "1"})

    assert answer["Location"] == reverse("dashboard", args=[session.key])
