"""`{% icon "copy" %}`: a picture beside a text, from the lucide set; `mirror=True` turns it round in Arabic."""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, extra: str = "", *, mirror: bool = False) -> str:
    classes = " ".join(filter(None, ["icon", "icon--mirror" if mirror else "", extra]))
    return lucide(name + "", size=24, **{"aria-hidden": "true", "class": classes})
