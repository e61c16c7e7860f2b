from django.db import models


class RetiredNumber(models.Model):
    """The number of a session whose record was deleted, kept until it may be used again (E37, E44)."""

    number = models.CharField(max_length=9)
    # When that session was started.
    used_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["number", "used_at"], name="retired_numbers"),
            models.Index(fields=["used_at"], name="retired_numbers_by_time"),
        ]

    def __str__(self) -> str:
        return self.number
