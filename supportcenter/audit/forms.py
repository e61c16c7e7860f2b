"""What the audit log is narrowed down by."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supportcenter.audit.kinds import Topic
from supportcenter.audit.models import LONGEST_ADDRESS, LONGEST_NAME
from supportcenter.audit.queries import Filters
from supportcenter.reporting.days import FIRST, LAST, DaysForm, day_span


class AuditForm(DaysForm):
    """Nothing said is all of it."""

    topic = forms.ChoiceField(label=_("About"), required=False)
    person = forms.CharField(label=_("Username"), max_length=LONGEST_NAME, required=False)
    text = forms.CharField(label=_("Network address or session number"), max_length=LONGEST_ADDRESS, required=False)

    field_order = ["topic", "person", "text", "since", "until"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ChoiceField)
        topic.choices = [("", pgettext_lazy("no filter", "All")), *Topic.choices]
        self.fields["since"].required = self.fields["until"].required = False

    @property
    def filters(self) -> Filters:
        """Of a form that is valid."""
        chosen = self.cleaned_data
        days: tuple[date | None, date | None] = (chosen.get("since"), chosen.get("until"))
        span = day_span(days[0] or FIRST, days[1] or LAST, timezone.get_current_timezone()) if any(days) else None
        return Filters(chosen["topic"], chosen["person"], chosen["text"], span)
