"""What customers type: a queue's entry form, and a message."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from supportcenter import clock, signed_links
from supportcenter.text.fields import AddressField, NameField
from supportcenter.text.prefill import prefilled
from webacd.models import EntryField, LeftMessage, Queue

Kind = EntryField.Kind
TICKET = gettext_noop("Ticket number")
# Questions of every form, which are answers only if a link has confirmed them; but the ticket is one always.
OWN = [("name", gettext_noop("Your name")), ("email", gettext_noop("Email address")), ("ticket", TICKET)]
# What a link may sign, whether or not this queue asks for it.
SIGNABLE = re.compile(r"name|email|ticket|question-\d+")
# The field in which the page sends a signed link along, and characters of such a link.
SIGNED, LONGEST_LINK = "signed", 8000


class QueueEntryForm(forms.Form):
    """The name, the email address if the queue asks for it, and the queue's own questions."""

    name = NameField(label=_("Your name"))
    email = AddressField(label=_("Email address"))
    # Of another system, whose link leads here; others are not asked for it.
    ticket = forms.CharField(
        label=_(TICKET), max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, queue: Queue, **more: Any) -> None:
        super().__init__(*args, **more)
        self._ask_for_email(queue.email_question)
        self._path = f"queues/{queue.slug}"
        # What a signed link vouches for (docs/webacd.md).
        self.link, self.confirmed, self.signed = signed_links.SignedLink(), dict[str, str](), ""
        self._questions = list(queue.entry_fields.all())
        for question in self._questions:
            self.fields[_field_name(question)] = _field_for(question)

    def prefill(self, given: QueryDict) -> None:
        """By a link from elsewhere: all but ticks, which are the customer's own to set.

        What is signed with a key of ours cannot be changed, and is told as confirmed. The page sends it along.
        """
        texts = [name for name, field in self.fields.items() if not isinstance(field, forms.BooleanField)]
        self.initial = prefilled(self, given, texts)
        came = QueryDict(self.data.get(SIGNED, "")[:LONGEST_LINK]) if self.is_bound else given
        self.link = signed_links.read(
            came, path=self._path, names=SIGNABLE, keys=settings.LINK_SIGNING_KEYS, now=clock.now().timestamp()
        )
        self.confirmed = prefilled(self, _query(self.link.values), texts)
        self.signed = came.urlencode() if self.link.is_signed else ""
        if self.is_bound and self.confirmed:
            self.data = _query({**dict(self.data.items()), **self.confirmed})
        for name in self.confirmed:
            # A list knows no "readonly"; what it does not send is in the link.
            is_list = isinstance(self.fields[name], forms.ChoiceField)
            self.fields[name].widget.attrs["disabled" if is_list else "readonly"] = True
        if "ticket" not in self.data and "ticket" not in self.initial:
            del self.fields["ticket"]

    def clean(self) -> dict[str, Any]:
        """What was confirmed when the page came, and is no more: the customer looks at it once more, as their own."""
        if self.link.is_broken:
            raise forms.ValidationError(_("This link has expired or was changed. Please check what is filled in."))
        return self.cleaned_data

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
            | ({"confirmed": True} if name in self.confirmed else {})
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


def _query(values: Mapping[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query


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
