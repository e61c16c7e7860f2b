"""What an agent is doing, in one word: derived from offers and sessions, stored nowhere (acd 5)."""

from supportcenter import clock
from webacd.engine.facts import AgentView, obstacle


def state_of(view: AgentView, customers: int = 1) -> str:
    """Available, busy (some slots used), full, wrapping up, without a page, away or signed out."""
    why_not = obstacle(view, clock.now(), customers=customers)
    if why_not is None or why_not in {"resting", "offered"}:
        return "busy" if view.sessions else "available"
    return why_not
