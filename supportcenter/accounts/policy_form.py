"""The form of the site policy, whose logo is a file."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.logo_picture import MOST_BYTES, LogoPicture, read_logo
from supportcenter.accounts.models import SitePolicy

MEDIA_TYPES = "image/png,image/jpeg,image/webp"


class LogoInput(AdminFileWidget):
    template_name = "admin/accounts/sitepolicy/_logo.html"


class LogoField(forms.FileField):
    """Becomes a `LogoPicture`; False to have none any longer; without a file, what there is already."""

    widget = LogoInput({"accept": MEDIA_TYPES})

    def to_python(self, data: UploadedFile | None) -> LogoPicture | None:  # type: ignore[override]
        file = super().to_python(data)
        if file is None:
            return None
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("The file is larger than %(kilobytes)s KB. Choose a smaller one."),
                code="too_large",
                params={"kilobytes": MOST_BYTES // 1024},
            )
        return read_logo(file.read())


class SitePolicyForm(forms.ModelForm):
    logo_file = LogoField(
        label=_("Logo"),
        required=False,
        help_text=_(
            "PNG, JPEG or WebP, up to 512 KB, 4000 pixels a side and 4 million in all. "
            "Shown with the site’s name on pages and in email."
        ),
    )

    class Meta:
        model = SitePolicy
        fields = "__all__"  # noqa: DJ007 - the fieldsets of the admin say which

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["logo_file"] = self.instance.logo
