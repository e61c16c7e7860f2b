"""What a form takes, its column holds: PostgreSQL refuses what is longer, and the page would be a fault."""

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse

from invitations.models import Invitation
from sessions_app.models import FileTransfer, Participant, ReceiptMail, StaffNote, SurveyAnswer, TranscriptMail
from supportcenter.accounts.models import NotificationSettings, User
from tests.factories import make_person, make_session
from tests.webacd.factories import make_agent, make_queue
from webacd.models import EntryField, LeftMessage, SupportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
OURS = ("sessions_app", "invitations", "webacd", "supportcenter")
# Where the text of each field is kept.
COLUMNS = {
    "PersonForm.name": [(Participant, "name")],
    "PersonForm.email": [(Participant, "email")],
    "QueueEntryForm.name": [(SupportRequest, "name"), (Participant, "name")],
    "QueueEntryForm.email": [(SupportRequest, "email"), (Participant, "email")],
    "LeftMessageForm.name": [(LeftMessage, "name")],
    "LeftMessageForm.email": [(LeftMessage, "email")],
    "LeftMessageForm.text": [(LeftMessage, "text")],
    "NotificationsForm.time_zone": [(NotificationSettings, "time_zone")],
    "ReceiptForm.email": [(ReceiptMail, "email")],
    "TranscriptForm.email": [(TranscriptMail, "email")],
    "SurveyForm.remark": [(SurveyAnswer, "remark")],
    "NoteForm.text": [(StaffNote, "text")],
    "InvitationForm.email": [(Invitation, "email")],
    "AddressForm.email": [(Invitation, "email")],
    "InvitationForm.nonce": [(Invitation, "nonce")],
    "OfferedFileForm.content_type": [(FileTransfer, "content_type")],
}
# What is looked for, or compared, and kept nowhere; what the action cuts to its length; and what is kept as JSON.
NOT_KEPT = {
    "NumberForm.number",
    "SessionFilterForm.text",
    "SessionFilterForm.words",
    "SessionFilterForm.tracked",
    "AuditForm.person",
    "AuditForm.text",
    "DigestForm.digest",
    "BlocksForm.digests",
    "OfferedFileForm.name",
    "QueueEntryForm.ticket",
    "OpeningHoursForm.shown",
    "ForgottenPasswordForm.email",
    "ConfirmForm.shown",
    "TypedCode.code",
    "AddAppForm.code",
    "AddKeyForm.name",
    "AddKeyForm.credential",
    "RenameKeyForm.name",
    "SentByKey.credential",
    "WordingPreviewForm.subject",
    "WordingPreviewForm.opening",
    "WordingPreviewForm.closing",
}
# Patterns that fix the length themselves.
FIXED = {"InvitationForm.nonce": 23}
LONG_ADDRESS = "c" * 64 + "@" + ".".join(["d" * 61] * 3) + ".org"
LONG_NAME = "ن" * 80


def text_fields(form=forms.BaseForm):
    """Every text field of a form of ours, named by the form of ours that declares it."""
    for each in form.__subclasses__():
        yield from text_fields(each)
        if each.__module__.startswith(OURS) and not issubclass(each, forms.BaseModelForm):
            for name, field in each.declared_fields.items():
                if isinstance(field, forms.CharField) and not any(name in above for above in _fields_above(each)):
                    yield f"{each.__name__}.{name}", field


def _fields_above(form):
    return [getattr(base, "declared_fields", {}) for base in form.__mro__[1:] if base.__module__.startswith(OURS)]


def test_every_text_field_fits_its_column():
    for app in apps.get_app_configs():
        for module in walk_packages(app.module.__path__, f"{app.name}.") if app.name.startswith(OURS) else ():
            if re.search(r"forms?(\.\w+)?$", module.name):
                import_module(module.name)
    found = dict(text_fields())
    assert set(found) == set(COLUMNS) | NOT_KEPT
    for name, columns in COLUMNS.items():
        longest = FIXED.get(name) or found[name].max_length
        for model, column in columns:
            assert longest <= model._meta.get_field(column).max_length, name


def test_the_longest_person_can_join(client, session):
    answer = client.post(reverse("join"), {"number": session.number, "name": LONG_NAME, "email": LONG_ADDRESS})
    assert answer.status_code == 302
    customer = session.participants.customers().get()
    assert (customer.name, customer.email) == (LONG_NAME, LONG_ADDRESS)


def too_long(address):
    """From what an older browser would send to what the widest form once took."""
    return [address + "." + "e" * (length - len(address) - 1) for length in (256, 300, 320)]


@pytest.mark.parametrize("email", [*too_long(LONG_ADDRESS), "c" * 250 + "@example.org", "c" * 2000])
def test_an_address_that_is_too_long_is_told_everywhere(client, session, amal, email):
    queue = make_queue()
    pages = {
        reverse("join"): {"number": session.number, "name": "Carol"},
        reverse("queue_entry", args=[queue.slug]): {"name": "Carol"},
        reverse("leave_message", args=[queue.slug]): {"name": "Carol", "text": "Call me"},
    }
    for page, fields in pages.items():
        answer = client.post(page, {**fields, "email": email})
        assert (page, answer.status_code, list(answer.context["form"].errors)) == (page, 422, ["email"])
    client.force_login(amal)
    fields = {"recipient": "customer", "email": email, "language": "en"}
    assert client.post(reverse("invitations", args=[session.key]), fields).status_code == 422


def test_the_longest_of_a_queue(client, disk):
    queue = make_queue()
    question = EntryField.objects.create(queue=queue, kind=EntryField.Kind.LONG_TEXT, label="Why?", longest=5000)
    who = {"name": LONG_NAME, "email": LONG_ADDRESS}
    entered = client.post(reverse("queue_entry", args=[queue.slug]), {**who, f"question-{question.pk}": "ن" * 5000})
    left = client.post(reverse("leave_message", args=[queue.slug]), {**who, "text": "ن" * 2000})
    assert (entered.status_code, left.status_code) == (302, 200)


def test_a_file_may_be_called_anything(client, session, carol, amal):
    client.force_login(amal)
    fields = {"name": ["n" * 5000 + ".txt"], "size": ["5"], "content_type": ["a/" + "b" * 98], "customer": carol.pk}
    assert client.post(reverse("offer_files", args=[session.key]), fields).status_code == 302
    fields["content_type"] = ["a/" + "b" * 99]
    assert client.post(reverse("offer_files", args=[session.key]), fields).status_code < 500


def test_a_representative_with_the_longest_name_works(policy):
    user = make_person("z" * 150)
    User.objects.filter(pk=user.pk).update(first_name="ز" * 150, last_name="ي" * 150)
    user.refresh_from_db()
    assert make_session(user).primary.name == "ز" * 80
    assert make_agent(user).display_name == "ز" * 80
