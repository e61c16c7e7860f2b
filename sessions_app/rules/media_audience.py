"""Whom live media reach. Browsers send to each other directly, so each person more costs everybody's line."""

from supportcenter.accounts.models import SitePolicy


def media_circle(session, people):
    """Of these people, those who see and hear each other: ⟨6⟩ at most, the primary and the current customer before all
    others, then whoever came first."""

    def rank(person):
        return (person.pk != session.primary_id, person.pk != session.current_customer_id, person.joined_at, person.pk)

    return sorted(people, key=rank)[: SitePolicy.current().media_people]


def is_in_circle(person, session):
    present = session.participants.present().admitted()
    return any(one.pk == person.pk for one in media_circle(session, present))
