"""One reader of addresses stands behind every form that asks for one."""

import pytest
from django.contrib.admin import site

from invitations.forms import InvitationForm
from sessions_app.forms.entry import JoinForm, PersonForm
from supportcenter.accounts.forms import ForgottenPasswordForm
from supportcenter.accounts.models import User
from supportcenter.jobs.workers.runner import run_due
from supportcenter.text.fields import AddressField
from tests.webacd.factories import make_queue
from webacd.forms import LeftMessageForm, QueueEntryForm
from webacd.models import EntryField

PASTED = "\u200fCarol <mailto:carol@example.org>\u200e"
FORMS = [PersonForm, JoinForm, LeftMessageForm, InvitationForm, ForgottenPasswordForm]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_a_pasted_address(form):
    bound = form({"email": PASTED})
    bound.is_valid()
    assert bound.cleaned_data["email"] == "carol@example.org"
    assert 'type="email"' not in str(bound["email"])


@pytest.mark.django_db
def test_a_queues_questions_read_it_too():
    queue = make_queue()
    question = EntryField.objects.create(queue=queue, kind=EntryField.Kind.EMAIL, label="Your manager")
    form = QueueEntryForm({"name": "Carol", "email": PASTED, f"question-{question.pk}": PASTED}, queue=queue)
    assert form.is_valid()
    assert (form.cleaned_data["email"], form.answers[0]["value"]) == ("carol@example.org", "carol@example.org")


def test_the_admin_reads_it_too(rf, dana):
    request = rf.get("/")
    request.user = dana
    form = site.get_model_admin(User).get_form(request, dana)
    assert form.base_fields["email"].clean(PASTED) == "carol@example.org"


def test_marks_alone_are_nothing():
    assert AddressField(required=False).clean(" \u200f ") == ""


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("lena@xn--bcher-kva.example", "lena@bücher.example"),
        ("lena@bücher.example", "lena@bücher.example"),
        ("lena@example.org", " <Lena@Example.org> "),
    ],
)
def test_a_forgotten_password_finds_its_account(client, eve, mailoutbox, stored, typed):
    User.objects.filter(pk=eve.pk).update(email=stored)
    assert client.post("/accounts/password/reset/", {"email": typed}).status_code == 302
    run_due()
    assert len(mailoutbox) == 1
