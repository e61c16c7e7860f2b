"""What site policy and a CSR's privileges amount to together, and why. Pure."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class EffectiveMode(NamedTuple):
    multi: bool
    reason: str


class EffectiveMaximum(NamedTuple):
    number: int
    reason: str


def session_mode(policy, privileges):
    """S8, S37: several sessions take the site's switch AND the CSR's privilege."""
    if not policy.multi_session:
        return EffectiveMode(False, _("the site allows one session at a time"))
    if not privileges.multi_session:
        return EffectiveMode(False, _("your privileges allow one session at a time"))
    return EffectiveMode(True, _("allowed by the site and by your privileges"))


def customer_maximum(policy, privileges):
    """S38: the CSR's own maximum, else the site's. One CSR, one moment, all sessions together."""
    own = privileges.max_customers if privileges else None
    if own is not None:
        return EffectiveMaximum(own, _("set for this representative"))
    return EffectiveMaximum(policy.max_customers, _("set for the whole site"))
