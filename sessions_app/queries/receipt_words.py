"""The sentences about what a customer was asked and did: to the customer themselves, and about them to staff.

The receipt and the list in the room speak to the customer, the record of the session about them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.capabilities import Capability

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What is allowed, beside the capabilities; and a kind that has no sentence of its own.
EVERYTHING, OTHERWISE = "everything", ""


@dataclass(frozen=True)
class Words:
    """One wording. `name` is the representative, `customer` the customer, whom only the record names."""

    allowed: Mapping[str, StrOrPromise]
    asked: Mapping[str, StrOrPromise]
    allowed_at: StrOrPromise
    declined_at: StrOrPromise
    unanswered: StrOrPromise
    withdrawn_at: StrOrPromise
    shown: StrOrPromise


TO_THE_CUSTOMER = Words(
    allowed={
        Capability.VIEW_DESKTOP: _("You let %(name)s see your screen"),
        Capability.VIEW_APPLICATION: _("You let %(name)s see one of your applications"),
        Capability.VIDEO: _("You let %(name)s see your camera"),
        Capability.VOICE: _("You talked with %(name)s in a voice call"),
        Capability.FILES: _("You let %(name)s send you files"),
        EVERYTHING: _("You allowed everything that %(name)s asked for in this session"),
        OTHERWISE: _("You allowed what %(name)s asked for"),
    },
    asked={
        Capability.VIEW_DESKTOP: _("%(name)s asked to see your screen"),
        Capability.VIEW_APPLICATION: _("%(name)s asked to see one of your applications"),
        Capability.VIDEO: _("%(name)s asked to see your camera"),
        Capability.VOICE: _("%(name)s called you"),
        Capability.FILES: _("%(name)s offered you files"),
        OTHERWISE: _("%(name)s asked you for something"),
    },
    allowed_at=_("you allowed it at %(time)s"),
    declined_at=_("you declined at %(time)s"),
    unanswered=_("you gave no answer"),
    withdrawn_at=_("you withdrew it at %(time)s"),
    shown=_("what you showed: %(what)s"),
)
ABOUT_THE_CUSTOMER = Words(
    allowed={
        Capability.VIEW_DESKTOP: _("%(customer)s let %(name)s see their screen"),
        Capability.VIEW_APPLICATION: _("%(customer)s let %(name)s see one of their applications"),
        Capability.VIDEO: _("%(customer)s let %(name)s see their camera"),
        Capability.VOICE: _("%(customer)s talked with %(name)s in a voice call"),
        Capability.FILES: _("%(customer)s let %(name)s send them files"),
        EVERYTHING: _("%(customer)s allowed everything that %(name)s asked for in this session"),
        OTHERWISE: _("%(customer)s allowed what %(name)s asked for"),
    },
    asked={
        Capability.VIEW_DESKTOP: _("%(name)s asked to see %(customer)s’s screen"),
        Capability.VIEW_APPLICATION: _("%(name)s asked to see one of %(customer)s’s applications"),
        Capability.VIDEO: _("%(name)s asked to see %(customer)s’s camera"),
        Capability.VOICE: _("%(name)s called %(customer)s"),
        Capability.FILES: _("%(name)s offered %(customer)s files"),
        OTHERWISE: _("%(name)s asked %(customer)s for something"),
    },
    allowed_at=_("allowed at %(time)s"),
    declined_at=_("declined at %(time)s"),
    unanswered=_("no answer"),
    withdrawn_at=_("withdrawn at %(time)s"),
    shown=_("what was shown: %(what)s"),
)
# Only on the receipt: what the customer began themselves.
OWN: dict[str, StrOrPromise] = {
    Capability.VIDEO: _("You showed your camera"),
    Capability.VOICE: _("You began a voice call"),
    OTHERWISE: _("You shared something"),
}
SURFACES: dict[str, StrOrPromise] = {
    "monitor": _("a whole screen"),
    "window": _("one window"),
    "browser": _("one browser tab"),
}
