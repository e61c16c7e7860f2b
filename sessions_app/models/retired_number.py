from django.db import models


class RetiredNumber(models.Model):
    """A number that outlives the record of its session until it may be used again (E37, E44); all that is left."""

    number = models.CharField(max_length=9)
    # When that session was started.
    used_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["number", "used_at"], name="retired_numbers")]

    def __str__(self):
        return self.number
