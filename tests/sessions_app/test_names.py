"""Names that customers may have: one that is seen, and not the representative's."""

import pytest
from django.urls import reverse

from invitations.actions.invite import invite_by_email
from invitations.rules.links import join_token
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.forms.entry import PersonForm
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


@pytest.mark.parametrize("name", ["\u202eloraC", "Car\u202dol", "\u202e", "Carol \u202e(gnp.exe"])
def test_a_name_that_is_turned_around_is_none(name):
    """It would be read as another than it is."""
    for form in (PersonForm({"name": name}), LeftMessageForm({"name": name})):
        assert "name" in form.errors


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u200fCarol\u200e", "Carol"),
        ("\u2068كارول\u2069", "كارول"),
        ("Ca\u200brol", "Carol"),
        (" Carol \n\t Darwish\u2028", "Carol Darwish"),
        ("Ca\x07rol\x1b", "Carol"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔧", "👩\u200d🔧"),
    ],
)
def test_what_is_not_seen_of_a_name_is_left_out(typed, kept):
    form = PersonForm({"name": typed})
    assert form.is_valid()
    assert form.cleaned_data["name"] == kept


@pytest.mark.parametrize("name", ["Carol", "كَارول", "李", "\u200fCarol", "👩\u200d🔧", "7", "O’Neil"])
def test_a_name_that_is_seen_is_taken(name):
    assert PersonForm({"name": name}).is_valid()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Amal",
            " amal ",
            "AMAL",
            "A\u200bmal",
            "Ａｍａｌ",
            "Ámal",
            "A\u200dmal",
            "Amal\ufe0f",
            "Ama\u034fl",
            "Amal\u3164",
        ),
        *("Аmal", "Αmal", "amaI", "AMA1", "ama|", "ɑmal", "аmаl"),
    ],
)
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


@pytest.mark.parametrize("name", ["Amal Omar", "Amaal", "Lama", "Анна", "امل", "سلمى", "Malá"])
def test_a_name_that_is_told_apart_is_taken(client, session, name):
    assert client.post(reverse("join"), {"number": session.number, "name": name}).status_code == 302


@pytest.mark.parametrize("name", ["نور", "سمير", "علي", "ناصر", "دعاء", "ممدوح", "Ian Lane", "李", "Жанна", "Σοφία"])
def test_no_honest_name_is_the_sites(client, session, policy, name):
    policy.organisation = "شركة الدعم المحدودة"
    policy.save()
    assert client.post(reverse("join"), {"number": session.number, "name": name}).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        *("Support", "SUPPORT", "Suрроrt", "support representative", "Support Center", "Acme Ltd", "АCME LTD"),
        *("الدعم", "الدّعم", "ممثل الدعم", "مركز الدعم"),
    ],
)
def test_what_the_site_is_called_is_no_customers_name(client, session, policy, name):
    policy.organisation = "Acme Ltd"
    policy.save()
    link = reverse("join_by_link", args=[join_token(session, "customer")])
    for page, fields in ((reverse("join"), {"number": session.number}), (link, {})):
        assert "This name stands for our side." in client.post(page, {**fields, "name": name}).content.decode()
    queue = reverse("queue_entry", args=[make_queue().slug])
    assert "name" in client.post(queue, {"name": name}).context["form"].errors
    assert not Participant.objects.customers().exists()


def test_nor_that_of_a_representative_who_has_left(client, session, bilal):
    """What they wrote is still to be read."""
    leave_session(session, by=make_assistant(session, bilal))
    assert client.post(reverse("join"), {"number": session.number, "name": "bilal"}).status_code == 409


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
