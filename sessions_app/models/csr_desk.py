from django.db import models


class CsrDesk(models.Model):
    """How many customers a CSR is helping now, in all sessions together (S38): the row that concurrent joins race for.

    Only `sessions_app.rules.capacity` writes it, in the transaction that adds or releases the customer.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="desk")
    customers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(customers__gte=0), name="desk_is_never_negative")]

    def __str__(self) -> str:
        return f"{self.user}: {self.customers}"
