"""`{% icon "copy" %}`: a picture beside a text, from the lucide set; `mirror=True` turns it round in Arabic.

`{% icon_button "pause" _("Pause") data_step="pause" %}`: a button that shows the picture alone and says what it does.
"""

from functools import lru_cache

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, extra: str = "", *, mirror: bool = False) -> str:
    classes = " ".join(filter(None, ["icon", "icon--mirror" if mirror else "", extra]))
    return lucide(name + "", size=24, **{"aria-hidden": "true", "class": classes})


@register.simple_tag
def icon_button(name: str, words: str, **attributes: str | bool) -> SafeString:
    """Attributes are written with `_` for `-`; True is one without a value."""
    names = {key.replace("_", "-"): value for key, value in attributes.items()}
    return format_html(
        '<button type="button" class="button button--plain button--small button--icon" title="{0}" aria-label="{0}"{1}>'
        "{2}</button>",
        words,
        flatatt(names),
        icon(name),
    )
