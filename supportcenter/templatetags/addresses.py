from urllib.parse import urlsplit

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def spoken(address: str) -> str:
    """An address as one reads it out: without the scheme and the last slash, which browsers add by themselves."""
    parts = urlsplit(address)
    return (parts.netloc + parts.path).rstrip("/")


@register.simple_tag
def socket(*path: str) -> str:
    """The address of a page's socket: `{% socket "sessions" session.key %}`. docs/protocol.md lists them."""
    return f"{settings.MOUNT}/ws/{'/'.join(path)}/"
