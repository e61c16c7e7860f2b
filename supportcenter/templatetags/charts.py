"""Charts on pages: `{% columns_chart chart id="…" title=_("…") %}`, `{% heat_map counts id="…" title=_("…") %}`,
`{% share_chart parts id="…" title=_("…") %}`. Beside each drawing its numbers are in a table.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, gettext

from supportcenter.reporting.charts.axis import Unit
from supportcenter.reporting.charts.columns import HEIGHT, Chart, draw
from supportcenter.reporting.charts.heat_map import Counts
from supportcenter.reporting.charts.heat_map import heat_map as arranged
from supportcenter.reporting.charts.periods import Step, first_weekday_in
from supportcenter.reporting.charts.shares import shares
from supportcenter.reporting.numbers import as_clock, percentage, plain

register = template.Library()
Names = dict[str, Any]
FORMATS = {Step.DAY: "j M", Step.WEEK: "j M", Step.MONTH: "M Y", Step.YEAR: "Y"}


@register.inclusion_tag("charts/_columns.html")
def columns_chart(chart: Chart, *, id: str, title: str) -> Names:
    mirrored = get_language_bidi()
    drawing = draw(chart, mirrored=mirrored)
    return {"chart": chart, "drawing": drawing, "height": HEIGHT, "mirrored": mirrored, "id": id, "title": title}


@register.inclusion_tag("charts/_heat_map.html")
def heat_map(counts: Counts, *, id: str, title: str) -> Names:
    """`counts` by weekday, 0 for Monday, and hour."""
    week, mirrored = first_weekday_in(get_language() or "en"), get_language_bidi()
    arrangement = arranged(counts, first_weekday=week, mirrored=mirrored)
    return {"map": arrangement, "mirrored": mirrored, "id": id, "title": title}


@register.inclusion_tag("charts/_share.html")
def share_chart(parts: Sequence[tuple[str, int]], *, id: str, title: str, part: str, whole: int | None = None) -> Names:
    """`part` heads the column of the names; `whole` is what they are shares of, if not of their sum."""
    return {"shares": shares(parts, whole), "id": id, "title": title, "part": part}


@register.filter
def in_unit(value: float | None, unit: Unit) -> str:
    """A number of a report as it is written: 12, 3:05, 87.5 %, 4.2; a dash for None."""
    if value is None:
        return "–"
    if unit == Unit.SECONDS:
        return as_clock(value)
    return percentage(round(value, 1)) if unit == Unit.PER_CENT else plain(value)


@register.filter
def weekday_name(weekday: int) -> str:
    """0 is Monday."""
    return str(WEEKDAYS[weekday])


@register.filter
def hour_range(hour: int) -> str:
    return f"{hour}:00–{hour}:59"


@register.filter
def period_name(start: date, step: Step) -> str:
    """What a point of time is called in full."""
    if step == Step.WEEK:
        return gettext("from %(day)s") % {"day": date_format(start, "SHORT_DATE_FORMAT")}
    return date_format(start, FORMATS[step])


@register.filter
def period_label(start: date, step: Step) -> str:
    """The same where there is little room."""
    return date_format(start, "n/Y" if step == Step.MONTH else FORMATS[step])
