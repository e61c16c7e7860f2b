"""What the lists and figures of reports are narrowed down by."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.models import Tag
from supportcenter.accounts.models import User
from supportcenter.reporting.days import DaysForm
from supportcenter.reporting.ranges import RangeForm


class SessionFilterForm(DaysForm):
    """Which sessions the report lists; nothing said is all of them."""

    STATES = [
        ("waiting", _("Waiting")),
        ("active", _("Active")),
        ("in_transfer", _("In transfer")),
        ("ended", _("Ended")),
    ]

    text = forms.CharField(label=_("Number or customer’s name"), max_length=80, required=False)
    words = forms.CharField(label=_("Words in the chat"), max_length=100, required=False)
    csr = forms.TypedChoiceField(label=_("Support Representative"), coerce=int, empty_value=None, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    tracked = forms.CharField(label=_("Ticket or tracking value"), max_length=80, required=False)
    tag = forms.TypedChoiceField(label=_("Tag"), coerce=int, empty_value=None, required=False)

    field_order = ["text", "words", "csr", "state", "tracked", "tag", "since", "until"]

    def __init__(self, *args: Any, csrs: list[User], tags: Sequence[Tag], **more: Any) -> None:
        super().__init__(*args, **more)
        let_choose(self, "tag", [(tag.pk, tag.label) for tag in tags])
        if not tags:
            del self.fields["tag"]
        self.fields["since"].required = self.fields["until"].required = False
        let_choose(self, "csr", [(csr.pk, csr.display_name) for csr in csrs])
        let_choose(self, "state", self.STATES)
        if not csrs:
            del self.fields["csr"]


class CsrRangeForm(RangeForm):
    """Which sessions are counted: of some days, and a representative's."""

    csr = forms.TypedChoiceField(label=_("Support Representative"), coerce=int, empty_value=None, required=False)

    field_order = ["csr", "since", "until"]

    def __init__(self, *args: Any, csrs: list[User], **more: Any) -> None:
        super().__init__(*args, **more)
        let_choose(self, "csr", [(csr.pk, csr.display_name) for csr in csrs])
        if not csrs:
            del self.fields["csr"]


class SurveyFilterForm(CsrRangeForm):
    """Which answers of customers are reported: of some days, a representative's, with some rating."""

    rating = forms.TypedChoiceField(label=_("Rating in the list"), coerce=int, empty_value=None, required=False)

    field_order = ["csr", "rating", "since", "until"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        let_choose(self, "rating", [(rating, str(rating)) for rating in range(1, 6)])


def let_choose(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """These, or all of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", pgettext_lazy("no filter", "All")), *choices]
