"""Why a request came to an agent, in words (acd 14)."""

from django.utils.translation import gettext

from supportcenter.reporting.numbers import as_clock
from webacd.models import Offer, Queue

OTHER_STRATEGIES = {
    "by_name": lambda: gettext("asked by name"),
    "picked": lambda: gettext("picked by the agent"),
}


def strategy_word(strategy: str) -> str:
    return OTHER_STRATEGIES[strategy]() if strategy in OTHER_STRATEGIES else str(Queue.Strategy(strategy).label)


def why_you(offer: Offer) -> str:
    """Why this agent, in one or two sentences to them."""
    if offer.rule == "by_name":
        return gettext("Your colleague chose you by name.")
    if offer.rule == "picked":
        return gettext("You picked this customer yourself.")
    rule = gettext("The queue’s strategy: %(rule)s.") % {"rule": strategy_word(offer.rule)}
    you = offer.candidate
    if you is None:
        return rule
    idle = gettext("Idle for %(clock)s, level %(level)s, %(used)s of %(all)s slots used.") % {
        "clock": as_clock(you.idle_seconds),
        "level": you.level,
        "used": you.sessions,
        "all": you.slots,
    }
    return f"{rule} {idle}"
