from django.db import models


class CsrDesk(models.Model):
    """How many customers a CSR is helping now, over all sessions (S38): the row that two joins race for.

    Only `sessions_app.rules.capacity` writes it, in the transaction that seats or releases the customer.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="desk")
    customers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(customers__gte=0), name="desk_is_never_negative")]

    def __str__(self):
        return f"{self.user}: {self.customers}"
