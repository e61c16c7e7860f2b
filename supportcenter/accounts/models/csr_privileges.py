from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.capability_field import CapabilitiesField


class CsrPrivileges(models.Model):
    """What one support representative may do. A user without this row is not a CSR."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="csr_privileges")
    multi_session = models.BooleanField(
        _("may manage several sessions"),
        default=False,
        help_text=_("Works only while the site allows multi-session mode too."),
    )
    max_customers = models.PositiveSmallIntegerField(
        _("maximum number of customers"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("At one time, across all sessions. Empty: the site’s maximum."),
    )
    switched_off = CapabilitiesField(_("switched off for this representative"))
    manager = models.BooleanField(_("watches queues and agents"), default=False)
    email_box_ticked = models.BooleanField(_("Email check box at the last start"), default=False, editable=False)

    class Meta:
        verbose_name = _("CSR privileges")
        verbose_name_plural = _("CSR privileges")

    def __str__(self) -> str:
        return str(self.user)
