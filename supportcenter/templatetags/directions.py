"""Directions in what is no HTML, as templates ask for them."""

from django import template

from supportcenter.text import directions

register = template.Library()
register.filter(directions.ltr)
register.filter(directions.apart)
