from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock

# Of a name that a stranger may have typed, of an address, and of what an entry is about.
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_ABOUT = 150, 64, 40


class EntryIsKeptError(TypeError):
    """Code that tries to change an entry is wrong, whatever it wants."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **_values: Any) -> NoReturn:
        raise EntryIsKeptError("Entries of the audit log are never changed.")

    def bulk_update(self, *_args: Any, **_more: Any) -> NoReturn:
        raise EntryIsKeptError("Entries of the audit log are never changed.")

    def delete(self) -> NoReturn:
        raise EntryIsKeptError("Entries of the audit log are deleted by its retention alone.")

    def forget_before(self, moment: datetime, most: int) -> int:
        """Delete the oldest of them, at most so many; how many."""
        oldest = self.filter(at__lt=moment).order_by("at", "pk").values_list("pk", flat=True)[:most]
        deleted, _rows = models.QuerySet(Entry).filter(pk__in=list(oldest)).delete()
        return deleted


class Entry(models.Model):
    """What somebody did, or what was refused: a row of the audit log, which only gets more (E73).

    People stand here by key and by the name that they had then, as in the event log: accounts are renamed and deleted.
    No column and no fact names a customer.
    """

    at = models.DateTimeField(default=clock.now)
    # One of `kinds.Topic`.
    topic = models.CharField(max_length=16)
    what = models.CharField(max_length=40)
    is_warning = models.BooleanField(default=False)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    # The account that did it or, where another did it, to which it was done.
    account = models.CharField(max_length=LONGEST_NAME, blank=True)
    account_key = models.BigIntegerField(null=True)
    by = models.CharField(max_length=LONGEST_NAME, blank=True)
    by_key = models.BigIntegerField(null=True)
    # What it was about, by its kind and key: `session.17`.
    about = models.CharField(max_length=LONGEST_ABOUT, null=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("entries of the audit log")
        # The page reads any of these from its latest on.
        indexes = [
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["topic", "at", "id"], name="audit_by_topic"),
            models.Index(fields=["account_key", "at", "id"], name="audit_by_account_key"),
            models.Index(fields=["account", "at", "id"], name="audit_by_account"),
            models.Index(fields=["address", "at", "id"], name="audit_by_address"),
            models.Index(
                fields=["by_key", "at", "id"], name="audit_by_actor", condition=models.Q(by_key__isnull=False)
            ),
            models.Index(fields=["about", "at", "id"], name="audit_by_about", condition=models.Q(about__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.what}"

    def save(self, *args: Any, **more: Any) -> None:
        if self.pk is not None:
            raise EntryIsKeptError("Entries of the audit log are never changed.")
        super().save(*args, **more)

    def delete(self, *_args: Any, **_more: Any) -> NoReturn:
        raise EntryIsKeptError("Entries of the audit log are deleted by its retention alone.")
