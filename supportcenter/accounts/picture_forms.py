"""The form that takes a person's picture, on their own page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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
