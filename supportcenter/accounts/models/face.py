from typing import NamedTuple

from django.urls import reverse

from supportcenter.accounts.models.site_picture import Size


class Face(NamedTuple):
    """A person's picture, as pages show it. Its digest stands in the account, so showing it costs no query."""

    digest: str

    @property
    def url(self) -> str:
        return reverse("face", args=[self.digest])

    @property
    def in_form(self) -> Size:
        return Size(48, 48)
