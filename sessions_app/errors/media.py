"""Refusals about activities, and about asking for them."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Forbidden, Refused, TooMany


class CapabilityOff(Forbidden):
    code = "capability_off"
    message = _("This is switched off for you or for the site.")


class BeyondCircle(Conflict):
    """Live media reach so many people, and the one who is asked came after them."""

    code = "beyond_circle"
    message = _(
        "Audio and video already reach as many people as this site allows, and this customer joined after them."
        " Select the customer first."
    )


class CannotShareScreen(Conflict):
    """E36: phones cannot share a screen; said before asking."""

    code = "cannot_share_screen"
    message = _("The customer’s device cannot share its screen. Ask for the camera instead.")


class RequestPending(Conflict):
    code = "request_pending"
    message = _("The customer has not answered your last request yet.")


class AskedTooOften(TooMany):
    code = "asked_too_often"
    message = _("You have asked for this several times. Wait a minute before you ask again.")


class RequestOver(Conflict):
    code = "request_over"
    message = _("This request is no longer open.")


class ActivityOver(Conflict):
    code = "activity_over"
    message = _("This has already ended.")


class NotYours(Forbidden):
    code = "not_yours"
    message = _("Only the person it belongs to, or the primary representative, can do this.")


class NoSpaceLeft(Refused):
    """A disk has less room than must stay free. What was on its way has been stopped."""

    code = "no_space_left"
    status = 507
    message = _("The site has no storage space left for files and recordings.")


class QuotaReached(Conflict):
    """The session or the site keeps as much as it may; each has its own sentence."""

    code = "quota_reached"
