"""What the last page of a session says to its CSRs: whom it was for, what was used, what the customers said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.models import Activity, Participant, SupportSession, SurveyAnswer
from supportcenter.accounts.capabilities import Capability
from supportcenter.reporting.first_rows import FirstRows, first_rows

CUSTOMERS_SHOWN = 10


@dataclass(frozen=True)
class Summary:
    """`used` are the words of the capabilities that really ran, in the order in which policies name them."""

    customers: FirstRows[Participant]
    has_chat: bool
    used: Sequence[str]
    answers: Sequence[SurveyAnswer]


def summary_of(session: SupportSession) -> Summary:
    customers = Participant.objects.filter(session=session).customers().admitted()
    # A request that was declined, or allowed and never delivered, has not started.
    ran = Activity.objects.filter(session=session, started_at__isnull=False).order_by()
    kinds = set(ran.values_list("kind", flat=True).distinct())
    answers = SurveyAnswer.objects.filter(participant__session=session).select_related("participant").order_by("pk")
    answers = answers.prefetch_related("replies__question")
    return Summary(
        customers=first_rows(customers, CUSTOMERS_SHOWN),
        has_chat=session.chat_messages.exists(),
        used=[str(kind.label) for kind in Capability if kind in kinds],
        answers=list(answers[:CUSTOMERS_SHOWN]),
    )
