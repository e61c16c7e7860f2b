from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

# A calendar ends, and a zone's clock can run past its end: nothing that is reported lies outside of these.
FIRST, LAST = date(1970, 1, 2), date(9998, 12, 30)
# What happened at or after the first and before the second.
Span = tuple[datetime, datetime]


class DaysForm(forms.Form):
    """From one day to another, both included."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        dates = super().clean() or self.cleaned_data
        if dates.get("since") and dates.get("until") and dates["since"] > dates["until"]:
            raise forms.ValidationError(_("The first day must not be after the last day."))
        return dates

    @property
    def query(self) -> str:
        """The days of a form that is valid, as the end of an address."""
        return urlencode({name: self.cleaned_data[name].isoformat() for name in ("since", "until")})


def day_span(first: date, last: date, zone: tzinfo) -> Span:
    """From the start of `first` to the end of `last`, as the zone's clock has it; however far away they are."""
    first, last = (min(max(day, FIRST), LAST) for day in (first, last))
    start = datetime.combine(first, time(), tzinfo=zone)
    return start, datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
