"""Long lists that stand aside, row by row, for people who wait for a short page."""

from collections.abc import Collection
from typing import TypeVar

from django import template

from supportcenter.right_of_way import GivingWay

register = template.Library()
Row = TypeVar("Row")


@register.filter
def giving_way(rows: Collection[Row]) -> Collection[Row]:
    return GivingWay(rows)
