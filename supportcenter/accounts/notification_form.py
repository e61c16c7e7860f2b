"""What somebody wants to be told of, and when not."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models import NotificationSettings
from supportcenter.accounts.notification_kinds import Kind
from supportcenter.accounts.quiet_hours import QuietHours
from supportcenter.text.time_zones import known_time_zone

# The browser fills it in, if nothing is kept yet.
ZONE = forms.TextInput({"dir": "ltr", "data-time-zone": ""})
QUIET = ("quiet_from", "quiet_until", "time_zone")


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))


class NotificationsForm(forms.Form):
    """What is ticked is told, of the kinds that there are for the person."""

    sound = forms.MultipleChoiceField(required=False)
    shown = forms.MultipleChoiceField(required=False)
    quiet = forms.BooleanField(label=_("Quiet hours"), required=False)
    quiet_from = time_field(_("From"))
    quiet_until = time_field(_("To"))
    time_zone = forms.CharField(label=_("Time zone"), max_length=64, required=False, widget=ZONE)

    def __init__(self, kinds: list[Kind], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kinds = kinds
        for name in ("sound", "shown"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(kind.name, kind.words) for kind in kinds]

    @classmethod
    def of(cls, kinds: list[Kind], settings: NotificationSettings) -> Self:
        initial = {
            "sound": [kind.name for kind in kinds if kind.name not in settings.silent],
            "shown": [kind.name for kind in kinds if kind.name not in settings.unshown],
            "quiet": settings.quiet_hours is not None,
        }
        return cls(kinds, initial=initial | {name: getattr(settings, name) for name in QUIET})

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("quiet"):
            return data
        for name in QUIET:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if data.get("quiet_from") is not None and data.get("quiet_from") == data.get("quiet_until"):
            self.add_error("quiet_until", _("Choose another time than the one at which they begin."))
        if zone := data.get("time_zone"):
            try:
                known_time_zone(zone)
            except forms.ValidationError as error:
                self.add_error("time_zone", error)
        return data

    @property
    def quiet_hours(self) -> QuietHours | None:
        data = self.cleaned_data
        return QuietHours(*(data[name] for name in QUIET)) if data["quiet"] else None

    @property
    def quiet_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in QUIET]

    def without(self, name: str) -> list[str]:
        """The kinds that are not ticked in this column."""
        return [kind.name for kind in self.kinds if kind.name not in self.cleaned_data[name]]

    @property
    def rows(self) -> Iterable[tuple[Kind, bool, bool]]:
        """Each kind, with what is ticked of it."""
        sound, shown = self["sound"].value(), self["shown"].value()
        return [(kind, kind.name in sound, kind.name in shown) for kind in self.kinds]
