"""The figures of a report beside those of the days before, as words for a message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import pgettext

from supportcenter.report_mail.reports import Figure
from supportcenter.reporting.numbers import as_clock, percentage, plain
from supportcenter.reporting.tables import Kind

MINUS = "\u2212"


@dataclass(frozen=True)
class Compared:
    title: str
    now: str
    before: str
    # With its sign; empty if there is nothing to compare.
    change: str


def compared(figures: Iterable[Figure], earlier: Iterable[Figure]) -> Iterator[Compared]:
    for now, before in zip(figures, earlier, strict=True):
        change = "" if now.value is None or before.value is None else _change(now.value - before.value, now.kind)
        yield Compared(str(now.title), in_words(now.value, now.kind), in_words(before.value, before.kind), change)


def in_words(value: object, kind: Kind) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, int | float) and kind is Kind.LENGTH:
        return as_clock(value)
    if isinstance(value, int | float) and kind is Kind.PERCENT:
        return percentage(round(value, 1))
    return plain(value) if isinstance(value, float) else str(value)


def _change(difference: float, kind: Kind) -> str:
    difference = round(difference, 1)
    if not difference:
        return "±0"
    return ("+" if difference > 0 else MINUS) + _much(abs(difference), kind)


def _much(difference: float, kind: Kind) -> str:
    """As pages say it: per cent of per cent would be misread."""
    if kind is Kind.PERCENT:
        return f"{plain(difference)} {pgettext('per cent', 'points')}"
    return in_words(difference, kind)
