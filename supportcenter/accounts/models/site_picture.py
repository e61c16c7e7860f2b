from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supportcenter.whole_addresses import whole_address


class Size(NamedTuple):
    """In CSS pixels."""

    width: int
    height: int


# The most that is shown of it: beside the site's name on top of each page, and in mail.
IN_BAR, IN_MAIL = Size(160, 28), Size(200, 48)


class SitePicture(models.Model):
    """A logo, an icon or a person's picture, as a PNG that is small enough for a row: it is in every backup.

    A row of its own, since each page reads the policy and the account. Its key is a digest of the picture, so an
    address shows one picture for ever; an earlier logo stays for the mail that shows it, until the site has none.
    """

    digest = models.CharField(max_length=32, primary_key=True)
    picture = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("picture of the site")

    def __str__(self) -> str:
        return self.digest

    @property
    def url(self) -> str:
        return reverse("logo", args=[self.digest])

    @property
    def on_white_url(self) -> str:
        """For the home screens of phones, which show black where a picture is see-through."""
        return reverse("touch_icon", args=[self.digest])

    @property
    def whole_url(self) -> str:
        """For mail."""
        return whole_address("logo", self.digest)

    @property
    def in_bar(self) -> Size:
        return self._fitted(IN_BAR)

    @property
    def in_form(self) -> Size:
        return self.in_mail

    @property
    def in_mail(self) -> Size:
        return self._fitted(IN_MAIL)

    def _fitted(self, box: Size) -> Size:
        scale = min(1, box.width / self.width, box.height / self.height)
        return Size(max(1, round(self.width * scale)), max(1, round(self.height * scale)))
