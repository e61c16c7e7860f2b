"""The connection check in templates: what was found, and leave to try the relay."""

from typing import Any

from django import template
from django.conf import settings

from sessions_app.queries import devices
from sessions_app.rules.device_check import OLDEST_BROWSERS
from sessions_app.rules.relay_pass import relay_pass

register = template.Library()


@register.filter
def device_said(participant: Any) -> devices.DeviceSaid | None:
    return devices.device_said(participant.device)


@register.simple_tag
def check_pass(holder: Any) -> str:
    """For a page that only `holder` opens: a participant, an invitation, a session by its link, a place in a queue."""
    return relay_pass(f"{holder._meta.model_name}.{holder.pk}") if holder and has_relay() else ""


@register.simple_tag
def has_relay() -> bool:
    return bool(settings.TURN_URLS and settings.TURN_SECRET)


@register.simple_tag
def oldest_browsers() -> str:
    """ "chrome 125 firefox 128 …", for the page's script."""
    return " ".join(f"{name} {version}" for name, version in OLDEST_BROWSERS.items())
