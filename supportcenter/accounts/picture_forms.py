"""The forms that take a person's picture: their own page, and their account in the administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.account_form import free_name
from supportcenter.accounts.picture_field import MEDIA_TYPES, PictureField
from supportcenter.accounts.pictures import read_face

BOUNDS = _("PNG, JPEG or WebP, up to 512 KB and 4 million pixels. A square is cut from the middle.")


class OwnPictureForm(forms.Form):
    # For browsers without scripts: others make what is chosen small enough (pages/picture.js).
    bounds = BOUNDS
    picture = PictureField(
        read_face,
        required=True,
        widget=forms.FileInput({"accept": MEDIA_TYPES}),
        label=_("Picture file"),
        help_text=_("PNG, JPEG or WebP. A square is cut from the middle."),
    )


class AdminAccountForm(UserChangeForm):  # type: ignore[type-arg]
    """An account in the administration, with the person's picture."""

    picture_file = PictureField(read_face, label=_("Picture"), help_text=BOUNDS)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["picture_file"] = self.instance.face

    def clean_username(self) -> str:
        return free_name(self)
