"""Which agents have a past: rows that name them, and that are read for figures and records."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from webacd.models import Agent, HelpQuestion, HelpRequest, Offer, SupportRequest


def agents_with_a_past(agents: Iterable[Agent]) -> set[int]:
    """The keys of those of these agents who were ever offered a customer, answered one, or were asked for help."""
    me = OuterRef("pk")
    past = (
        Exists(Offer.objects.filter(agent=me))
        | Exists(SupportRequest.objects.filter(answered_by=me))
        | Exists(HelpQuestion.objects.filter(agent=me))
        | Exists(HelpRequest.objects.filter(answered_by=me))
    )
    keys, found = [agent.pk for agent in agents], set[int]()
    for start in range(0, len(keys), 500):
        found.update(Agent.objects.filter(past, pk__in=keys[start : start + 500]).values_list("pk", flat=True))
    return found
