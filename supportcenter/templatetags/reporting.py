"""What the pages of reports have in common: quick choices of a range, and how much more there was than before."""

from typing import Any

from django import forms, template
from django.template import Context
from django.utils import timezone

from supportcenter.reporting import ranges

register = template.Library()
register.filter(ranges.change)


@register.filter
def signed(per_cent: int) -> str:
    """+12 %, −3 %, 0 %."""
    return f"{'+' if per_cent > 0 else '−' if per_cent < 0 else ''}{abs(per_cent)} %"


@register.simple_tag(takes_context=True)
def quick_choices(context: Context, form: forms.Form) -> list[dict[str, Any]]:
    """Each quick choice with its address: the other filters stay, and the list begins with its first page."""
    query = context["request"].GET.copy()
    query.pop("before", None)
    chosen = getattr(form, "cleaned_data", {})
    found = []
    for name, since, until in ranges.quick_ranges(timezone.localdate()):
        query["since"], query["until"] = since.isoformat(), until.isoformat()
        is_chosen = (chosen.get("since"), chosen.get("until")) == (since, until)
        found.append({"name": name, "address": f"?{query.urlencode()}", "is_chosen": is_chosen})
    return found
