"""The form of an account in the settings: who somebody is, and their roles."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.errors import UsernameTaken
from supportcenter.accounts.models import User
from supportcenter.accounts.people import is_name_taken
from supportcenter.accounts.person_values import WHO
from supportcenter.accounts.policy_form import Remembering
from supportcenter.accounts.role_form import WithRoles, role_groups
from supportcenter.text.fields import AddressField, NameField
from supportcenter.text.invisible import without_marks

PASSWORDS = ["password1", "password2"]


def free_name(form: forms.ModelForm[User]) -> str:
    """The username of a form of an account. Raises ValidationError if another account has it, in whatever case."""
    username: str = form.cleaned_data["username"]
    if is_name_taken(username, besides=form.instance):
        raise ValidationError(UsernameTaken.message, code="taken")
    return username


class AccountForm(Remembering, WithRoles):
    """Of somebody who is new, or has an account already."""

    class Meta:
        model = User
        fields: ClassVar = WHO
        field_classes: ClassVar = {
            "username": UsernameField,
            "first_name": NameField,
            "last_name": NameField,
            "email": AddressField,
        }
        labels: ClassVar = {"is_active": _("Account enabled")}
        help_texts: ClassVar = {
            # The refusal of a wrong one says it.
            "username": "",
            "is_active": _("Without it the person is signed out at once, and cannot sign in."),
        }

    def __init__(self, *args: Any, by: User, **more: Any) -> None:
        self.by = by
        super().__init__(*args, **more)
        self.is_new = self.instance.pk is None
        self.fields["username"].widget.attrs.update({"autocomplete": "off", "dir": "auto"})
        if self.is_new:
            del self.fields["is_active"]
        if self.is_new and settings.PASSWORD_SIGN_IN:
            self._ask_for_a_password()

    def _ask_for_a_password(self) -> None:
        """Where no link to choose one can be mailed; without an address one learns that when the form comes back."""
        if not settings.MAIL_IS_SET_UP:
            why = _("No mail server is set up, so no link to choose a password can be sent.")
        elif self.is_bound and not without_marks(self.data.get("email", "")).strip():
            why = _("Without an email address no link to choose a password can be sent.")
        else:
            return
        widget = forms.PasswordInput({"autocomplete": "new-password"})
        self.fields["password1"] = forms.CharField(label=_("First password"), help_text=why, strip=False, widget=widget)
        again = _("First password, once more")
        self.fields["password2"] = forms.CharField(label=again, strip=False, widget=widget)

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        own = [name for name in WHO if name in self.fields]
        groups = [(_("Person"), own), *role_groups(), (_("Password"), PASSWORDS)]
        return [(title, [self[name] for name in names]) for title, names in groups if names[0] in self.fields]

    def clean_username(self) -> str:
        return free_name(self)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        first, again = (given.get(name) for name in PASSWORDS)
        if first and again and first != again:
            self.add_error("password2", _("The two passwords differ."))
        if first and "password2" not in self.errors:
            self._look_at_password(first)
        self.first_password, self.mails_link = first, self.is_new and not first
        return given

    def _look_at_password(self, password: str) -> None:
        """As for the person as typed: a password must not be like their name."""
        own = {name: self.cleaned_data.get(name, "") for name in ("username", "first_name", "last_name", "email")}
        try:
            validate_password(password, User(**own))
        except ValidationError as error:
            self.add_error("password1", error)
