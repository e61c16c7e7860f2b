from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def spoken(address: str) -> str:
    """An address as one reads it out: without the scheme and the last slash, which browsers add by themselves."""
    parts = urlsplit(address)
    return (parts.netloc + parts.path).rstrip("/")
