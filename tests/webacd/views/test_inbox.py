"""The inbox: status, offers, messages, and what an agent who was set to Away reads (E47)."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import SupportSession
from supportcenter.jobs.models import Job
from tests.webacd.factories import enter, offered, offers_of
from tests.webacd.views.asking import code, post
from webacd.actions.agents.agents import set_away_for
from webacd.actions.entering.messages import leave_message
from webacd.models import AwayReason

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["faris", "eve"])
def test_inbox_is_for_agents(client, request, queue, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("inbox")).status_code == 403
    assert code(post(client, "set_agent_status", status="available")) == "not_an_agent"


def test_navigation_leads_agents_to_it(client, amal, faris, queue):
    client.force_login(amal)
    assert reverse("inbox") in client.get("/").content.decode()
    client.force_login(faris)
    assert reverse("inbox") not in client.get("/").content.decode()


def test_offer_is_shown_with_its_reason_and_can_be_accepted(desk, queue, amal_agent):
    enter(queue)
    offer = offered(amal_agent)
    page = desk.get(reverse("inbox")).content.decode()
    assert "Why you?" in page
    assert "The queue’s strategy: Most idle." in page
    answer = post(desk, "accept_offer", offer.pk)
    assert answer.json() == {"session": SupportSession.objects.get().key}


def test_inbox_without_offers_says_why(desk, queue, amal_agent):
    def said():
        return desk.get(reverse("inbox")).content.decode()

    assert "While you are available, customers will be offered to you here." in said()
    set_away_for(amal_agent, "missed")
    assert "No offers, because you are not available." in said()
    amal_agent.memberships.all().delete()
    assert "You are in no queue yet" in said()


def test_forged_offer(desk, queue):
    assert code(post(desk, "accept_offer", 999)) == "not_offered"


def test_accepted_too_late(desk, queue, amal_agent, time_machine):
    enter(queue)
    offer = offered(amal_agent)
    time_machine.move_to(offer.expires_at, tick=False)
    assert code(post(desk, "accept_offer", offer.pk)) == "offer_over"


def test_status_with_a_reason(desk, queue, amal_agent):
    lunch = AwayReason.objects.create(name="Lunch", name_ar="غداء")
    post(desk, "set_agent_status", status=f"away-{lunch.pk}")
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_reason) == ("away", lunch)
    assert desk.post(reverse("set_agent_status"), {"status": "asleep"}).status_code == 404


def test_answering_a_message_starts_a_session_with_the_invitation_open(desk, queue, amal):
    message = leave_message(queue, name="Carol", email="c@example.org", text="Call me")
    response = desk.post(reverse("answer_message", args=[message.pk]))
    session = SupportSession.objects.get()
    assert response["Location"] == reverse("dashboard", args=[session.key]) + "#invite=c%40example.org"
    assert desk.post(reverse("answer_message", args=[message.pk]))["Location"] == response["Location"]
    assert SupportSession.objects.count() == 1
    end_session(session, by=session.primary)
    assert code(post(desk, "answer_message", message.pk)) == "already_answered"


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_is_cheap(desk, queue, amal_agent, count, policy, django_assert_max_num_queries):
    for number in range(count):
        leave_message(queue, name=f"Carol {number}", email="c@example.org", text="Call me")
        enter(queue)
    offered(amal_agent)
    with django_assert_max_num_queries(14):
        desk.get(reverse("inbox"))
    for region in ("status", "offers", "waiting", "messages", "transfers"):
        with django_assert_max_num_queries(8):
            assert desk.get(reverse("inbox_region", args=[region])).status_code == 200


def test_signing_out_of_the_site_ends_the_status(desk, queue, amal_agent):
    enter(queue)
    offered(amal_agent)
    desk.post(reverse("account_logout"))
    amal_agent.refresh_from_db()
    assert amal_agent.status == "signed_out"
    assert offers_of(amal_agent) == []


def test_who_is_no_agent_signs_out_as_ever(client, faris, queue):
    client.force_login(faris)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("cause", ["no_page", "unanswered", "vanished"])
@pytest.mark.parametrize("region", ["status", "away"])
def test_who_was_set_away_reads_why_and_is_available_by_one_press(desk, queue, amal_agent, cause, region):
    set_away_for(amal_agent, cause)
    page = desk.get(reverse("inbox_region", args=[region])).content.decode()
    assert "Your status was set to Away because" in page
    assert '<button class="button button--small" name="status" value="available">' in page
    post(desk, "set_agent_status", status="available")
    assert "Your status was set" not in desk.get(reverse("inbox_region", args=[region])).content.decode()


def test_who_was_set_away_may_stay_so_and_reads_it_no_longer(desk, queue, amal_agent):
    set_away_for(amal_agent, "no_page")
    assert "Stay away" in desk.get(reverse("inbox_region", args=["away"])).content.decode()
    post(desk, "set_agent_status", status="away")
    assert "Your status was set" not in desk.get(reverse("inbox_region", args=["away"])).content.decode()
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_cause) == ("away", "chosen")


def test_reason_that_is_no_number_is_none(desk, amal_agent):
    for chosen in ("x", "9" * 5000):
        assert post(desk, "set_agent_status", status=f"away-{chosen}").status_code == 200
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_reason) == ("away", None)


def test_message_left_on_a_site_without_a_mail_server_waits_in_the_inbox(desk, queue, settings):
    settings.MAIL_IS_SET_UP = False
    leave_message(queue, name="Carol", email="c@example.org", text="Call me")
    assert not Job.objects.filter(kind="webacd.mail_message").exists()
    assert "Call me" in desk.get(reverse("inbox")).content.decode()


def test_shortcuts_of_the_installed_site_lead_each_representative_to_a_page(client, faris, amal, amal_agent):
    shortcuts = client.get(reverse("manifest"), {"language": "en"}).json()["shortcuts"]
    for user, last in ((faris, reverse("home")), (amal, reverse("inbox"))):
        client.force_login(user)
        pages = [client.get(each["url"], follow=True) for each in shortcuts]
        assert [page.status_code for page in pages] == [200, 200]
        assert pages[1].redirect_chain == [(last, 302)]
