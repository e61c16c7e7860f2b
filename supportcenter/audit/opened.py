"""What somebody opens is an entry once an hour for each person and thing: a film is asked for in many ranges."""

from limits import RateLimitItemPerHour

from supportcenter import security_log
from supportcenter.accounts.models import User
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.facts import Fact

ONCE_AN_HOUR = RateLimitItemPerHour(1, namespace="audit_opened")


def note_opened(what: str, *, by: User, **facts: Fact) -> None:
    about = [f"{name}={value}" for name, value in facts.items()]
    if rate_limiter().hit(ONCE_AN_HOUR, what, str(by.pk), *about):
        security_log.note(what, account=by.username, **facts)
