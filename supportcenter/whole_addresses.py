"""Addresses that stand outside our pages: in messages, on other sites, in what one reads out."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def whole_address(view: str, *args: Any, **kwargs: Any) -> str:
    """The page's address as people outside have it. What `reverse` gives begins with the path of SITE_URL already."""
    origin: str = settings.SITE_URL.removesuffix(settings.MOUNT)
    return origin + reverse(view, args=args, kwargs=kwargs)
