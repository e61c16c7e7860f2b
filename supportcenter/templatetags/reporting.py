"""What the pages of reports have in common: quick choices of a range, and how much more there was than before."""

from typing import Any

from django import forms, template
from django.template import Context
from django.utils import timezone

from supportcenter.reporting import ranges
from supportcenter.reporting.charts.axis import Unit
from supportcenter.reporting.numbers import plain

register = template.Library()
# Ratings and rates are compared by points: per cent of per cent would be misread.
BY_POINTS = {Unit.RATING, Unit.PER_CENT}


@register.simple_tag
def compared(now: float | None, before: float | None, unit: Unit) -> str:
    """+12 %, −3 %, 0 %, or of ratings and rates +0.2; nothing if there was nothing to compare with."""
    by_points = unit in BY_POINTS
    number = ranges.difference(now, before) if by_points else ranges.change(now, before)
    if number is None:
        return ""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{plain(abs(number))}{'' if by_points else ' %'}"


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
