"""Numbers of reports, as templates say them."""

from django import template

from supportcenter.reporting import numbers

register = template.Library()
register.filter(numbers.clock)
register.filter(numbers.percentage)
