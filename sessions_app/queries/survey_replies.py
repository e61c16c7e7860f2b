"""What customers said to the admins' questions: counted by the database, the words of nobody read."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, F, Value, When
from django.utils.translation import gettext

from sessions_app.models import SurveyQuestion, SurveyReply
from sessions_app.models.support_session import SupportSessionQuerySet
from supportcenter.reporting.numbers import average, plain

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Questions that a report shows: those with the most answers, of however many admins have ever asked.
MOST_SHOWN = 20


@dataclass
class Replies:
    """How often each value was given to one question; of a line of text only how often there was one."""

    question: SurveyQuestion
    by_value: Counter[str]

    @property
    def key(self) -> str:
        return f"question-{self.question.pk}"

    @property
    def count(self) -> int:
        return self.by_value.total()

    @property
    def average(self) -> float | None:
        """Of numbers alone."""
        if self.question.kind != SurveyQuestion.Kind.SCALE:
            return None
        return average(sum(int(value) * count for value, count in self.by_value.items()), self.count)

    @property
    def title(self) -> str:
        """The question, and what its numbers are on average."""
        if self.average is None:
            return self.question.words
        facts = {"question": self.question.words, "average": plain(self.average)}
        return gettext("%(question)s (average: %(average)s)") % facts

    @property
    def shares(self) -> list[tuple[str, int]]:
        """Each possible value in words, in the order in which they are offered."""
        values: list[tuple[str, StrOrPromise]] = self.question.values
        return [(str(words), self.by_value[value]) for value, words in values]


def count_replies(sessions: SupportSessionQuerySet) -> list[Replies]:
    """Of the customers of these sessions, question by question as they are asked; two statements."""
    # Words differ from one to the next, and are not what is counted.
    value = Case(
        When(question__kind=SurveyQuestion.Kind.TEXT, then=Value("")), default=F("value"), output_field=CharField()
    )
    found = SurveyReply.objects.filter(answer__participant__session__in=sessions.values("pk")).order_by()
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for question, given, count in found.values_list("question", value).annotate(Count("pk")):
        counts[question][given] += count
    if not counts:
        return []
    most = sorted(counts, key=lambda pk: -counts[pk].total())[:MOST_SHOWN]
    return [Replies(question, counts[question.pk]) for question in SurveyQuestion.objects.filter(pk__in=most)]
