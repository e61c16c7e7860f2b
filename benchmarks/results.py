"""Figures of several rounds, and what they amount to: a median and how far the rounds lay apart."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Figure:
    """What was measured of one contender, round by round."""

    measure: str
    contender: str
    unit: str
    rounds: list = field(default_factory=list)


@dataclass(frozen=True)
class Ratio:
    """A figure against another one's of the same round: what the machine did meanwhile, it did to both."""

    measure: str
    against: str
    rounds: list
    target: str = ""
    is_met: bool | None = None


class Results:
    def __init__(self):
        self.figures = defaultdict(dict)
        self.ratios = []

    def add(self, measure, contender, unit, value):
        figures = self.figures[measure]
        figures.setdefault(contender, Figure(measure, contender, unit)).rounds.append(value)

    def compare(self, measure, ours, theirs, *, most=None, least=None):
        pairs = zip(self._rounds(measure, ours), self._rounds(measure, theirs), strict=True)
        self._judge(measure, f"÷ {theirs}", [one / other for one, other in pairs], most, least)

    def hold(self, measure, contender, *, most=None, least=None):
        """A figure by itself against a bound."""
        self._judge(measure, self.figures[measure][contender].unit, self._rounds(measure, contender), most, least)

    @property
    def missed(self):
        return [ratio for ratio in self.ratios if ratio.is_met is False]

    def _rounds(self, measure, contender):
        return self.figures[measure][contender].rounds

    def _judge(self, measure, against, rounds, most, least):
        target, is_met = "", None
        if most is not None:
            target, is_met = f"≤ {most:g}", median(rounds) <= most
        elif least is not None:
            target, is_met = f"≥ {least:g}", median(rounds) >= least
        self.ratios.append(Ratio(measure, against, rounds, target, is_met))

    # ---- as text

    def __str__(self):
        return "\n\n".join([self._figures_table(), self._ratios_table()])

    def _figures_table(self):
        rows = [
            [figure.measure, figure.contender, *_middle_and_spread(figure.rounds), figure.unit]
            for figures in self.figures.values()
            for figure in figures.values()
        ]
        return _table(["measure", "who", "median", "spread", "unit"], rows)

    def _ratios_table(self):
        words = {True: "met", False: "MISSED", None: ""}
        rows = [
            [each.measure, each.against, *_middle_and_spread(each.rounds), each.target, words[each.is_met]]
            for each in self.ratios
        ]
        return _table(["measure", "this product", "median", "spread", "target", ""], rows)


def _middle_and_spread(rounds):
    return _number(median(rounds)), f"{_number(min(rounds))} – {_number(max(rounds))}"


def _number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _table(head, rows):
    """Markdown, in columns."""
    rows = [head, *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows]
    return "\n".join([lines[0], f"| {' | '.join('-' * width for width in widths)} |", *lines[1:]])
