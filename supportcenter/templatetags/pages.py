"""`{% page_address page.later %}`: the address of another page of one list, while the page's other lists stay."""

from django import template
from django.template import Context

from supportcenter.reporting.keyset_pages import Link

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context: Context, link: Link) -> str:
    query = context["request"].GET.copy()
    for name, place in link.items():
        query.pop(name, None)
        if place is not None:
            query[name] = place
    return f"?{query.urlencode()}"
