"""The connection check in templates: its rows, what was found, and leave to try the relay.

`{% check_row "camera" _("Camera") %}…{% endcheck_row %}` is a row, waiting for the page's script unless it names
another level; `{% check_answer "old" "bad" %}…{% endcheck_answer %}` a sentence that the script shows for its word.
"""

from typing import Any

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sessions_app.queries import devices
from sessions_app.rules.device_check import OLDEST_BROWSERS
from sessions_app.rules.relay_pass import relay_pass
from supportcenter.templatetags.icons import icon

register = template.Library()

# By level, from the worst. "none" could not be checked, and "later" not yet; "fact" is not for a check to find out.
ICONS = {
    "bad": "circle-x",
    "warn": "triangle-alert",
    "none": "info",
    "later": "info",
    "good": "circle-check",
    "fact": "info",
}


@register.simple_block_tag
def check_row(content: SafeString, name: str, title: str, level: str = "waiting") -> SafeString:
    waiting = _answer(gettext("Checking…"), "waiting", "waiting", shown=True) if level == "waiting" else ""
    row = '<li class="device-check__row" data-row="{}" data-level="{}"><strong>{}</strong>{}{}</li>'
    return format_html(row, name, level, title, waiting, content)


@register.simple_block_tag
def check_answer(content: SafeString, word: str, level: str, *, shown: bool = False) -> SafeString:
    return _answer(content, word, level, shown=shown)


def _answer(sentence: str, word: str, level: str, *, shown: bool) -> SafeString:
    sign = icon(ICONS[level]) if level in ICONS else ""
    named = flatatt({"data-says": word, "data-level": level, "hidden": not shown})
    return format_html("<span{}>{}{}</span>", named, sign, sentence)


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
