"""The forms of the site policy, whose logo and icon are files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.picture_field import PictureField
from supportcenter.accounts.pictures import read_icon, read_logo

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class WithPictures(forms.ModelForm):
    """Of the site policy, with the pictures that `decide_pictures` keeps."""

    logo_file = PictureField(
        read_logo,
        label=_("Logo"),
        help_text=_(
            "PNG, JPEG or WebP, up to 512 KB, 4000 pixels a side and 4 million in all. "
            "Shown with the site’s name on pages and in email."
        ),
    )
    icon_file = PictureField(
        read_icon,
        label=_("Icon"),
        help_text=_(
            "A square PNG, JPEG or WebP, of 48 pixels or more. "
            "Shown in the tabs of browsers and on the home screens of phones."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["logo_file"], self.initial["icon_file"] = self.instance.logo, self.instance.icon


class SitePolicyForm(WithPictures):
    """All of it, in the administration."""

    class Meta:
        model = SitePolicy
        fields = "__all__"  # noqa: DJ007 - the fieldsets of the admin say which


class Remembering(forms.ModelForm):
    """Knows what its page showed, so that only what this person has changed counts as changed."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.show_hidden_initial = not isinstance(field, forms.FileField)


class LookForm(Remembering, WithPictures):
    """Whose site it is, and what it looks like."""

    class Meta:
        model = SitePolicy
        fields = ["site_name", "site_name_ar", "organisation", "accent_colour", "background_colour"]
        widgets = {"accent_colour": forms.TextInput({"type": "color"})}  # noqa: RUF012 - as Django documents it


class RulesForm(Remembering):
    """Of the site policy what is changed most often, by what it is about."""

    GROUPS: ClassVar[list[tuple[StrOrPromise, list[str]]]] = [
        (_("Customers and modes"), ["multi_session", "max_customers", "media_people", "admit_by_hand"]),
        (_("Sign-in"), ["second_factor", "second_factor_days", "step_up_minutes"]),
        (_("Invitations"), ["link_hours", "invitations_per_session"]),
        (_("Consent and recording"), ["answer_seconds", "recording"]),
        (_("Chat"), ["shows_earlier_chat", "edit_minutes"]),
        (_("Files"), ["file_mebibytes", "files_per_session", "refused_file_endings"]),
        (_("Time"), ["nobody_joined_minutes", "quiet_minutes", "warning_minutes"]),
        (_("Signing in"), ["sign_in_idle_minutes", "sign_in_hours"]),
        (_("After a session"), ["closing"]),
        (_("Retention"), ["retention_days", "chat_days", "file_days", "recording_days", "audit_days"]),
    ]

    class Meta:
        model = SitePolicy
        fields = [  # noqa: RUF012 - as Django documents it
            *("multi_session", "max_customers", "media_people", "admit_by_hand"),
            *("second_factor", "second_factor_days", "step_up_minutes"),
            *("link_hours", "invitations_per_session", "answer_seconds", "recording"),
            *("shows_earlier_chat", "edit_minutes"),
            *("file_mebibytes", "files_per_session", "refused_file_endings"),
            *("nobody_joined_minutes", "quiet_minutes", "warning_minutes"),
            *("sign_in_idle_minutes", "sign_in_hours", "closing"),
            *("retention_days", "chat_days", "file_days", "recording_days", "audit_days"),
        ]

    @property
    def groups(self) -> list[tuple[StrOrPromise, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]
