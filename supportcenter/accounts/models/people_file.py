from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.accounts.models.user import User


class PeopleFile(models.Model):
    """What an administrator has uploaded and not confirmed yet (E68): the cells as text, read and bounded.

    Each has one; it is deleted once it is imported, and after an hour.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    # The names of the columns; then of each row its number in the file and its cells.
    columns = models.JSONField()
    rows = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("file of people")
        verbose_name_plural = _("files of people")

    def __str__(self) -> str:
        return self.name
