"""Who sees and hears live media. Browsers send to each other directly, so every further person costs each of them."""

from collections.abc import Iterable
from datetime import datetime

from sessions_app.models import Participant, SupportSession
from supportcenter.accounts.models import SitePolicy


def media_circle(session: SupportSession, people: Iterable[Participant]) -> list[Participant]:
    """Those of `people` who see and hear each other, ⟨6⟩ at most.

    The primary comes first and the current customer second, then the others in the order in which they joined.
    """

    def rank(person: Participant) -> tuple[bool, bool, datetime, int]:
        return (person.pk != session.primary_id, person.pk != session.current_customer_id, person.joined_at, person.pk)

    return sorted(people, key=rank)[: SitePolicy.current().media_people]


def is_in_circle(person: Participant, session: SupportSession) -> bool:
    present = session.participants.present().admitted()
    return any(one.pk == person.pk for one in media_circle(session, present))
