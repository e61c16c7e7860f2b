"""The forms of an account in the administration: a new one, and one with its picture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from supportcenter.accounts.account_form import free_name
from supportcenter.accounts.errors import NoMail, PersonWithoutAddress
from supportcenter.accounts.picture_field import PictureField
from supportcenter.accounts.picture_forms import BOUNDS
from supportcenter.accounts.pictures import read_face
from supportcenter.accounts.role_form import WithRoles
from supportcenter.text.addresses import deliverable

NOW, BY_LINK = "true", "false"
# What Django's page of a person says, too, and has no Arabic for.
DJANGO_SAYS = [
    gettext_noop("Reset password"),
    gettext_noop("Set password"),
    gettext_noop("Raw passwords are not stored, so there is no way to see the user’s password."),
]


class AdminAccountForm(WithRoles, UserChangeForm):  # type: ignore[type-arg]
    picture_file = PictureField(read_face, label=_("Picture"), help_text=BOUNDS)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["picture_file"] = self.instance.face
        if "is_active" in self.fields:
            self.fields["is_active"].label = _("Account enabled")
            self.fields["is_active"].help_text = _("Without it the person is signed out at once, and cannot sign in.")
        if "is_staff" in self.fields:
            self.fields["is_staff"].label = _("Keeps single permissions of the administration")
            self.fields["is_staff"].help_text = _(
                "Given by an earlier release or by a program. Without it none of them works any more."
            )

    def clean_username(self) -> str:
        return free_name(self)


class NewAccountForm(WithRoles, AdminUserCreationForm):
    """With a password, or with the link to choose one. Django's own script shows and hides the two fields."""

    usable_password = forms.ChoiceField(
        label=_("Password"),
        required=False,
        choices={NOW: _("Set here"), BY_LINK: _("Chosen by the person, with a link that is mailed to them")},
        widget=forms.RadioSelect({"class": "radiolist inline"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["usable_password"].initial = BY_LINK if settings.MAIL_IS_SET_UP else NOW

    def clean_username(self) -> str:
        return free_name(self)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        self.mails_link = not given.get("set_usable_password", True)
        self.first_password = None if self.mails_link else given.get("password1")
        if self.mails_link and not settings.MAIL_IS_SET_UP:
            self.add_error(None, str(NoMail.message))
        elif self.mails_link and "email" not in self.errors and not deliverable(given.get("email", "")):
            self.add_error("email", str(PersonWithoutAddress.message))
        return given
