"""What customers type: a queue's entry form, and a message."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from supportcenter.text.fields import AddressField, NameField
from supportcenter.text.signed_forms import SignedForm
from webacd.models import EntryField, LeftMessage, Queue

Kind = EntryField.Kind
TICKET = gettext_noop("Ticket number")
# Questions of every form, which are answers only if a link has confirmed them; but the ticket is one always.
OWN = [("name", gettext_noop("Your name")), ("email", gettext_noop("Email address")), ("ticket", TICKET)]


class QueueEntryForm(SignedForm):
    """The name, the email address if the queue asks for it, and the queue's own questions (docs/webacd.md)."""

    signable = re.compile(r"name|email|ticket|question-\d+")

    name = NameField(label=_("Your name"))
    email = AddressField(label=_("Email address"))
    # Of another system, whose link leads here; others are not asked for it.
    ticket = forms.CharField(
        label=_(TICKET), max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, queue: Queue, **more: Any) -> None:
        super().__init__(*args, **more)
        self._ask_for_email(queue.email_question)
        self.path = f"queues/{queue.slug}"
        self._questions = list(queue.entry_fields.all())
        for question in self._questions:
            self.fields[_field_name(question)] = _field_for(question)

    def prefill(self, given: QueryDict) -> None:
        super().prefill(given)
        if "ticket" not in self.data and "ticket" not in self.initial:
            del self.fields["ticket"]

    def _ask_for_email(self, how: str) -> None:
        if how == Queue.EmailQuestion.HIDDEN:
            del self.fields["email"]
        else:
            self.fields["email"].required = how == Queue.EmailQuestion.REQUIRED

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The customer's answers with their questions, because the form may change later."""
        own = [(name, _in("en", label), _in("ar", label)) for name, label in OWN if name in {"ticket", *self.confirmed}]
        asked = [(_field_name(question), question.label, question.label_ar) for question in self._questions]
        answers = [
            {"label": label, "label_ar": label_ar, "value": self.cleaned_data.get(name)}
            | ({"confirmed": name} if name in self.confirmed else {})
            for name, label, label_ar in [*own, *asked]
        ]
        return [answer for answer in answers if answer["value"]]


class LeftMessageForm(forms.Form):
    name = NameField(label=_("Your name"))
    email = AddressField(label=_("Email address"))
    text = forms.CharField(
        label=_("What is it about?"),
        max_length=LeftMessage._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


def _in(language: str, text: str) -> str:
    with override(language):
        return gettext(text)


def _field_name(question: EntryField) -> str:
    return f"question-{question.pk}"


def _field_for(question: EntryField) -> forms.Field:
    shared: dict[str, Any] = {"label": question.text, "help_text": question.help_text, "required": question.required}
    text = {**shared, "max_length": question.longest}
    if question.kind == Kind.CHOICE:
        choices = [("", "—"), *((option, option) for option in question.options)]
        return forms.ChoiceField(choices=choices, **shared)
    if question.kind == Kind.CHECK:
        return forms.BooleanField(**shared)
    if question.kind == Kind.EMAIL:
        return AddressField(**shared)
    if question.kind == Kind.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), **text)
    kind = "tel" if question.kind == Kind.PHONE else "text"
    return forms.CharField(widget=forms.TextInput(attrs={"type": kind, "dir": "auto"}), **text)
