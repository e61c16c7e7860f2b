"""What is remembered of setting up the site."""

from supportcenter import clock
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.setup import may_set_up
from supportcenter.refusals import require


def hide_setup(*, by: User) -> None:
    """Remind nobody of the first-run checklist any longer; it stays where it is."""
    require(may_set_up(by), NotAnAdministrator)
    _remember(setup_hidden=True)


def note_checks_passed() -> None:
    """Everything that the doctor looks at was looked at, and nothing had failed."""
    _remember(checks_passed_at=clock.now())


def _remember(**facts: object) -> None:
    # Not the whole row: somebody may be saving a decision on it.
    SitePolicy.objects.filter(pk=SitePolicy.current().pk).update(**facts)
