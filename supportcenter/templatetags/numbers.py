"""Numbers of reports, as templates say them."""

from django import template

from supportcenter.reporting import numbers

register = template.Library()
register.filter("clock", numbers.as_clock)
register.filter(numbers.percentage)
