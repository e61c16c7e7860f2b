"""Names that customers may have: one that is seen, and not the representative's."""

import pytest
from django.urls import reverse

from invitations.actions.invite import invite_by_email
from invitations.rules.links import join_token
from sessions_app.forms import PersonForm
from sessions_app.models import Participant
from tests.factories import make_assistant
from tests.webacd.factories import make_agent, make_queue
from webacd.forms import LeftMessageForm, QueueEntryForm
from webacd.models import SupportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TAKEN = "Your representative has the same name. Add something to tell you apart."


@pytest.mark.parametrize(
    "name",
    ["\u200b", "\u2066\u2069", "\u3164", "\u2800\u2800", "\ufe0f", "\u0301", "\u00a0\u200f", "\u115f\u1160", "\u00ad"],
)
def test_a_name_that_nobody_sees_is_none(name):
    for form in (PersonForm({"name": name}), LeftMessageForm({"name": name})):
        assert "name" in form.errors
    assert "name" in QueueEntryForm({"name": name}, queue=make_queue()).errors


@pytest.mark.parametrize("name", ["Carol", "كَارول", "李", "\u200fCarol", "👩\u200d🔧", "7", "O’Neil"])
def test_a_name_that_is_seen_is_taken(name):
    assert PersonForm({"name": name}).is_valid()


@pytest.mark.parametrize("name", ["Amal", " amal ", "AMAL", "A\u200bmal", "Ａｍａｌ", "Ámal"])
def test_the_representatives_name_is_not_taken(client, session, name):
    invitation = invite_by_email(
        session, recipient="customer", email="c@example.org", language="en", by=session.primary
    )
    pages = {
        reverse("join"): {"number": session.number},
        reverse("join_by_link", args=[join_token(session, "customer")]): {},
        reverse("open_invitation", args=[invitation.token]): {},
    }
    for page, fields in pages.items():
        answer = client.post(page, {**fields, "name": name})
        assert answer.status_code in {409, 422}
        assert TAKEN in answer.content.decode()
    assert not Participant.objects.customers().exists()


def test_nor_the_assistants(client, session, bilal):
    make_assistant(session, bilal)
    assert client.post(reverse("join"), {"number": session.number, "name": "bilal"}).status_code == 409
    assert client.post(reverse("join"), {"number": session.number, "name": "Bilal Omar"}).status_code == 302


def test_it_is_told_in_arabic_too(client, session):
    page = client.post(reverse("join"), {"number": session.number, "name": "Amal"}, headers={"Accept-Language": "ar"})
    assert "لممثل الدعم الاسم نفسه. أضف ما يميّزك عنه." in page.content.decode()


def test_nor_an_agents_in_the_queue_that_the_agent_serves(client, amal):
    queue = make_queue(agents=[make_agent(amal)])
    page = reverse("queue_entry", args=[queue.slug])
    answer = client.post(page, {"name": "AMAL"})
    assert (answer.status_code, answer.context["form"].errors["name"]) == (422, [TAKEN])
    assert not SupportRequest.objects.exists()
    assert client.post(page, {"name": "Amal Darwish"}).status_code == 302
