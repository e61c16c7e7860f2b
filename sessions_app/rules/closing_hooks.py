"""Whether a closing form is asked for after a session (E56): the site's rule, unless an app above has another."""

from collections.abc import Callable

from sessions_app.models import SupportSession
from supportcenter.accounts.models import SitePolicy

# Returns one of `SitePolicy.Closing`, or an empty text if it has no rule for the session.
Rule = Callable[[SupportSession], str]

_rules: list[Rule] = []


def register_closing_rule(rule: Rule) -> None:
    """Have `rule(session)` asked before the site's own."""
    _rules.append(rule)


def closing_of(session: SupportSession, policy: SitePolicy) -> str:
    """One of `SitePolicy.Closing`."""
    return next(filter(None, (rule(session) for rule in _rules)), policy.closing)
