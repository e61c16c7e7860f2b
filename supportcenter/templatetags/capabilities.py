"""Capabilities in words."""

from collections.abc import Iterable

from django import template

from supportcenter.accounts.capabilities import Capability

register = template.Library()


@register.filter
def capability_names(which: Iterable[str]) -> str:
    """Their names in the order in which the product has them."""
    chosen = set(which)
    return " · ".join(str(one.label) for one in Capability if one in chosen)
