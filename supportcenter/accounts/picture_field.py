"""A picture in a form: what is uploaded becomes what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.pictures import MOST_BYTES, Picture

MEDIA_TYPES = "image/png,image/jpeg,image/webp"


class PictureInput(AdminFileWidget):
    template_name = "admin/accounts/sitepolicy/_picture.html"


class PictureField(forms.FileField):
    """Becomes a `Picture`; False to have none any longer; without a file, what there is already."""

    widget = PictureInput({"accept": MEDIA_TYPES})

    def __init__(self, read: Callable[[bytes], Picture], *, required: bool = False, **more: Any) -> None:
        super().__init__(required=required, **more)
        self._read = read

    def to_python(self, data: UploadedFile | None) -> Picture | None:  # type: ignore[override]
        file = super().to_python(data)
        if file is None:
            return None
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("The file is larger than %(kilobytes)s KB. Choose a smaller one."),
                code="too_large",
                params={"kilobytes": MOST_BYTES // 1024},
            )
        return self._read(file.read())
