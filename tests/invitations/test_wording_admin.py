"""Admins write, look at and try their own wording."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from invitations.models import InvitationWording
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ADD = reverse("admin:invitations_invitationwording_add")
PREVIEW = reverse("admin:invitations_invitationwording_preview")
TYPED = {
    "recipient": "customer",
    "language": "en",
    "subject": "Help from {representative}",
    "opening": "{representative} <b> waits.",
    "closing": "Bye",
}


@pytest.fixture
def desk(client, dana):
    client.force_login(dana)
    return client


def test_an_admin_writes_one(desk):
    assert desk.post(ADD, TYPED).status_code == 302

    assert InvitationWording.objects.get().opening == TYPED["opening"]


def test_what_is_wrong_is_said_beside_its_field(desk):
    page = desk.post(ADD, {**TYPED, "opening": "{representative} {link}"})

    assert page.status_code == 200
    assert "There is no variable {link}." in page.content.decode()
    assert not InvitationWording.objects.exists()


def test_the_preview_shows_what_is_typed_and_saves_nothing(desk):
    page = desk.post(PREVIEW, TYPED)
    html = page.content.decode()

    assert page.context["subject"] == "Help from Dana"
    assert "Dana &lt;b&gt; waits." in html
    assert page.context["text"].startswith("Dana <b> waits.")
    assert "482 913 047" in html
    assert not InvitationWording.objects.exists()


def test_the_preview_of_what_is_saved_already(desk):
    InvitationWording.objects.create(recipient="customer", language="en")

    assert desk.post(PREVIEW, TYPED).context["subject"] == "Help from Dana"


def test_the_preview_says_what_is_wrong(desk):
    page = desk.post(PREVIEW, {**TYPED, "subject": "{"})

    assert "A curly bracket has no partner." in page.content.decode()
    assert "html" not in page.context


def test_the_preview_may_do_nothing(desk, settings):
    page = desk.post(PREVIEW, TYPED)

    rules = dict(rule.strip().partition(" ")[::2] for rule in page["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    # The logo, by its whole address.
    assert rules["img-src"] == settings.SITE_ORIGIN
    assert rules["frame-ancestors"] == "'self'"
    assert "sandbox" in rules
    assert not {"script-src", "form-action"} & {name for name, value in rules.items() if "self" in value}
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_the_preview_is_for_those_who_may_edit(client, eve):
    eve.is_staff = True
    eve.save()
    client.force_login(eve)
    assert client.post(PREVIEW, TYPED).status_code == 403

    eve.user_permissions.add(Permission.objects.get(codename="change_invitationwording"))
    assert client.post(PREVIEW, TYPED).status_code == 200


def test_a_test_goes_to_the_admins_own_address(desk, dana):
    page = desk.post(ADD, {**TYPED, "_test": "1"}, follow=True)
    assert f"Saved. A test message is on its way to {dana.email}." in page.content.decode()
    assert mail.outbox == []

    run_due()

    (sent,) = mail.outbox
    assert sent.to == [dana.email]
    assert sent.subject == "Help from Dana"
    assert sent.body.startswith("Dana <b> waits.")
    assert sent.alternatives[0][1] == "text/html"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in sent.extra_headers


def test_a_test_of_what_is_deleted_meanwhile_is_not_sent(desk):
    desk.post(ADD, {**TYPED, "_test": "1"})
    InvitationWording.objects.all().delete()

    run_due()

    assert mail.outbox == []
    assert not Job.objects.filter(kind="mail.send").exists()


def test_tests_are_bounded(desk):
    desk.post(ADD, TYPED)
    page = reverse("admin:invitations_invitationwording_change", args=[InvitationWording.objects.get().pk])

    for _each in range(21):
        answer = desk.post(page, {**TYPED, "_test": "1"}, follow=True)

    assert Job.objects.filter(kind="mail.send").count() == 20
    assert "on its way" not in answer.content.decode()


def test_who_has_no_address_gets_no_such_button(client, desk, dana, settings):
    settings.MAIL_IS_SET_UP = True
    assert 'name="_test"' in desk.get(ADD).content.decode()

    dana.email = ""
    dana.save()
    assert 'name="_test"' not in desk.get(ADD).content.decode()


def test_without_the_right_there_is_no_page(client):
    helper = make_person("hanan", is_staff=True)
    client.force_login(helper)

    assert client.get(ADD).status_code == 403
