"""`{% page_address page.later %}`: the address of another page of one list, while the page's other lists stay."""

from django import template
from django.template import Context

from supportcenter.reporting.keyset_pages import Link

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context: Context, link: Link) -> str:
    # An answer that is not the list's own page says where that is, and what its address has in its query.
    query = (context["list_query"] if "list_query" in context else context["request"].GET).copy()
    for name, place in link.items():
        query.pop(name, None)
        if place is not None:
            query[name] = place
    return f"{context.get('list_path', '')}?{query.urlencode()}"
