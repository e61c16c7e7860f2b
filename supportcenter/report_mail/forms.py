from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from supportcenter.report_mail.models import Subscription
from supportcenter.report_mail.reports import MailedReport
from supportcenter.report_mail.schedule import Rhythm

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class SubscriptionForm(forms.Form):
    """Which report, how often, when, and with which file."""

    report = forms.ChoiceField(label=_("Report"))
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, initial=Rhythm.WEEKLY)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=[*WEEKDAYS.items()], coerce=int, initial=0, required=False
    )
    hour = forms.TypedChoiceField(label=_("Hour"), choices=HOURS, coerce=int, initial=7)
    attachment = forms.ChoiceField(
        label=_("Attached"), choices=Subscription.Attachment.choices, initial=Subscription.Attachment.XLSX
    )

    def __init__(self, *args: Any, reports: list[MailedReport], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["report"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(report.name, report.title) for report in reports]

    def clean_weekday(self) -> int:
        return self.cleaned_data["weekday"] or 0
