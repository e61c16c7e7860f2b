"""Words and numbers of distribution for templates."""

from datetime import datetime

from django import template
from django.utils.translation import gettext, pgettext

from supportcenter import clock
from webacd.models import Agent, AwayReason
from webacd.queries.routing_words import strategy_word, why_you

register = template.Library()

# The state of an agent (queries.agent_states), or why they cannot be offered a request (engine.facts.obstacle).
AGENT_WORDS = {
    "available": lambda: gettext("Available"),
    "busy": lambda: gettext("Busy"),
    "full": lambda: gettext("At capacity"),
    "offered": lambda: gettext("being asked"),
    "wrapping_up": lambda: gettext("Wrapping up"),
    "resting": lambda: gettext("resting"),
    "away": lambda: gettext("Away"),
    "no_page": lambda: gettext("No page open"),
    "signed_out": lambda: pgettext("agent", "Signed out"),
    "level_closed": lambda: gettext("level not open yet"),
    "own_transfer": lambda: gettext("transferred it"),
}

register.filter("strategy_word", strategy_word)
register.filter("why_you", why_you)


@register.filter
def agent_word(word: str) -> str:
    return AGENT_WORDS[word]() if word in AGENT_WORDS else word


@register.filter
def seconds_until(moment: datetime) -> int:
    return max(0, int((moment - clock.now()).total_seconds()))


@register.simple_tag
def status_state(agent: Agent, sessions: int | str, slots: int | str) -> str:
    """What an agent's own status says: as chosen, or wrapping up, or busy. Slots that are not known yet are empty."""
    if agent.is_wrapping_up:
        return "wrapping_up"
    if agent.is_available and slots and int(sessions or 0) >= int(slots):
        return "busy"
    return agent.status


@register.filter
def is_away_for(agent: Agent, reason: int | None) -> bool:
    """Whether the agent is Away for this reason; None: for none."""
    return agent.status == Agent.Status.AWAY and agent.away_reason_id == reason


@register.filter
def away_value(reason: AwayReason) -> str:
    """As the form that sets the status sends it."""
    return f"{Agent.Status.AWAY}-{reason.pk}"
