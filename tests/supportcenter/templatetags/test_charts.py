"""Charts on pages: what readers get is the table, what is drawn says its numbers too, and nothing is styled in line."""

import re
from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from supportcenter.reporting.charts.columns import Chart, Look, Series
from supportcenter.reporting.charts.periods import periods_of

LOAD = "{% load charts %}"


def drawn(tag, language="en", **context):
    with translation.override(language):
        return Template(LOAD + tag).render(Context(context))


def columns(language="en"):
    periods = periods_of(date(2026, 11, 1), date(2026, 11, 3))
    series = [Series("Sessions <b>", [3, 0, 12]), Series("Before", [1, None, 2], Look.OUTLINED)]
    return drawn('{% columns_chart chart id="days" title="Sessions" %}', language, chart=Chart(periods, series))


def test_columns_say_their_numbers_in_a_table_and_where_one_points():
    html = columns()
    assert 'role="img" aria-labelledby="days" aria-describedby="days-numbers"' in html
    assert re.findall(r'<td class="digits"><bdi dir="ltr">(.*?)</bdi>', html) == ["3", "1", "0", "–", "12", "2"]
    first = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
    assert first.split("\n") == ["1 Nov", "Sessions &lt;b&gt;: 3", "Before: 1"]
    assert "<b>" not in html
    assert not re.search(r"\sstyle=|<script|<style", html)


def test_time_goes_from_right_to_left_in_arabic():
    def places(language):
        return [float(x) for x in re.findall(r'class="chart__place" x="([\d.]+)%"', columns(language))]

    assert places("en") == [0, 33.333, 66.667]
    assert places("ar") == [66.667, 33.333, 0]
    assert "نوفمبر" in columns("ar")


def test_week_begins_with_the_first_day_of_the_language():
    def heads(language):
        html = drawn('{% heat_map counts id="hours" title="Hours" %}', language, counts={(0, 9): 2})
        return re.findall(r'<th scope="col">(.*?)</th>', html)[1:]

    assert (heads("en")[0], heads("ar")[0]) == ("Sunday", "السبت")
    assert len(set(heads("ar"))) == 7


def test_what_is_empty_says_so():
    for tag in ('{% columns_chart chart id="a" title="A" %}', '{% heat_map counts id="a" title="A" %}'):
        chart = Chart(periods_of(date(2026, 11, 1), date(2026, 11, 1)), [Series("Sessions", [0])])
        html = drawn(tag, chart=chart, counts={})
        assert "Nothing in this period." in html
        assert "<figure" not in html


def test_shares_are_a_table_with_bars():
    html = drawn('{% share_chart parts id="a" title="Ratings" part="Rating" %}', parts=[("5", 3), ("4", 1)])
    assert re.findall(r"<bdi dir=\"ltr\">(.*?)</bdi>", html) == ["75 %", "25 %"]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        *((12, "count", "12"), (185, "seconds", "3:05"), (87.25, "per_cent", "87.2 %")),
        *((4.16, "rating", "4.2"), (None, "count", "–")),
    ],
)
def test_numbers_are_written_by_what_they_are(value, unit, written):
    assert drawn("{{ value|in_unit:unit }}", value=value, unit=unit) == written
