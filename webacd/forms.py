"""What customers type: a queue's entry form, and a message."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Refused
from supportcenter.reporting.charts.periods import first_weekday_in
from supportcenter.text.fields import AddressField, NameField
from supportcenter.text.signed_forms import SignedForm
from webacd.models import EntryField, LeftMessage, OpeningHours, Queue
from webacd.models.opening import OpeningSpan

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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


class OpeningHoursForm(forms.Form):
    """The spans of each week day in which a queue is open, and the other queues that are to have the same."""

    LEAST_SPANS, MOST_SPANS = 2, 10
    # Each has a box; of more, the first by name are offered.
    MOST_OTHERS = 200

    # The hours that the page was made with; `refuse_stale` says so if they are others by now.
    shown = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    also = forms.ModelMultipleChoiceField(
        Queue.objects.none(), label=_("Copy these hours to"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, queue: Queue, **more: Any) -> None:
        super().__init__(*args, **more)
        also = self.fields["also"]
        assert isinstance(also, forms.ModelMultipleChoiceField), "declared above"
        first = Queue.objects.exclude(pk=queue.pk).order_by("name", "pk")[: self.MOST_OTHERS]
        also.queryset = Queue.objects.filter(pk__in=first.values("pk"))
        now = _by_weekday(queue)
        self.initial["shown"] = queue.hours_as_text
        # Nothing goes by being shown: neither what is there nor what was typed.
        there = max(self.LEAST_SPANS, *map(len, now.values()))
        typed = [
            span + 1 for day, span in product(range(7), range(self.MOST_SPANS)) if f"opens-{day}-{span}" in self.data
        ]
        self._spans = range(max(there, *typed, 0))
        for day, span in product(OpeningHours.Weekday, self._spans):
            hours = now[day][span] if span < len(now[day]) else None
            for name, label in (("opens", _("opens")), ("closes", _("closes"))):
                field = forms.TimeField(label=label, required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
                self.fields[f"{name}-{day}-{span}"] = field
                self.initial[f"{name}-{day}-{span}"] = getattr(hours, name, None)

    def refuse_stale(self, refusal: Refused, queue: Queue) -> None:
        """Say that the hours are others by now; pressed again, the form knows of them."""
        typed = cast("QueryDict", self.data).copy()
        typed["shown"] = queue.hours_as_text
        self.data = typed
        self.add_error(None, str(refusal.message))

    @property
    def days(self) -> list[tuple[StrOrPromise, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Each week day, the first of the reader's week first, with its spans."""
        first = first_weekday_in(get_language() or "en")
        return [
            (day.label, [(self[f"opens-{day}-{span}"], self[f"closes-{day}-{span}"]) for span in self._spans])
            for day in (OpeningHours.Weekday((first + more) % 7) for more in range(7))
        ]

    @property
    def spans(self) -> list[OpeningSpan]:
        """Of a form that is valid."""
        read = [
            OpeningSpan(day, self.cleaned_data[f"opens-{day}-{span}"], self.cleaned_data[f"closes-{day}-{span}"])
            for day, span in product(range(7), self._spans)
        ]
        return sorted(span for span in read if span.opens is not None)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        spans = []
        for day, span in product(range(7), self._spans):
            opens, closes = f"opens-{day}-{span}", f"closes-{day}-{span}"
            if (given.get(opens) is None) != (given.get(closes) is None):
                self.add_error(closes, _("Enter both times, or neither."))
            elif given.get(opens) is not None:
                spans.append((OpeningSpan(day, given[opens], given[closes]), opens))
        spans.sort()
        # Around the week: what is open in the night of its last day ends on its first.
        for (before, _field), (after, field) in zip([*spans[-1:], *spans[:-1]], spans, strict=True):
            if len(spans) > 1 and before.runs_into(after):
                self.add_error(field, _("This span begins before the one before it is over."))
        return given


def _by_weekday(queue: Queue) -> dict[int, list[OpeningHours]]:
    hours: dict[int, list[OpeningHours]] = {day: [] for day in OpeningHours.Weekday}
    for each in queue.opening_hours.all():
        hours[each.weekday].append(each)
    return hours


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
