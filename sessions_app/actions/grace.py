"""How long somebody may be away before their stay in the session ends (E1, E2, E3)."""

from sessions_app.models import Participant
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later


def expect_arrival(participant: Participant, policy: SitePolicy) -> None:
    """Give somebody whose page is not connected the grace to connect; when it is over, `end_absence` looks."""
    run_later("sessions.absence_over", due=participant.grace_over_at(policy), participant=participant.pk)
