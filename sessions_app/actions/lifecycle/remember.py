"""A customer has their browser remembered, or forgotten again (E62)."""

from django.db import transaction

from sessions_app.errors import CannotRemember, NotInSession
from sessions_app.models import Participant
from sessions_app.rules.remembered import browser_known_by, new_token
from supportcenter.browser_secrets import digest
from supportcenter.literal import Literal
from supportcenter.refusals import require


@transaction.atomic
def remember_browser(customer: Participant, *, token: str = "") -> str:
    """Have the browser of this customer known again, by the token that it has or by a new one, which is returned.

    Raises NotInSession once the customer's data is erased, CannotRemember while they are still in the session, and
    on a site that shows no earlier sessions.
    """
    # An erasure locks the session, too: what is chosen while it waits must not be kept after it.
    session = customer.session.locked()
    customer.refresh_from_db(fields=["name", "left_at"])
    require(not customer.is_erased, NotInSession)
    require(not (session.is_open and customer.is_present), CannotRemember)
    token = token or new_token()
    customer.browser_hash = browser_known_by(token)
    require(customer.browser_hash, CannotRemember)
    customer.save(update_fields=["browser_hash"])
    return token


def forget_browser(token: str) -> None:
    """Nobody who was here with this browser is known by it any more."""
    Participant.objects.filter(browser_hash=digest(token)).exclude(browser_hash=Literal("")).update(browser_hash="")
