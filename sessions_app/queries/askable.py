"""Which colleagues can be asked in the product to assist: CSRs, who hear of it on whatever page they have open."""

from django.db.models import Q, QuerySet

from sessions_app.models import CsrPage, SupportSession
from sessions_app.rules.reach_hooks import is_reached_elsewhere
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.live import SILENCE

ASKABLE_SHOWN = 20


def askable(session: SupportSession) -> list[User]:
    """The first of those who could be asked now, by name."""
    colleagues = reachable(session).order_by("pk")[:200]
    return sorted(colleagues, key=lambda user: (user.display_name, user.pk))[:ASKABLE_SHOWN]


def reachable(session: SupportSession) -> QuerySet[User]:
    """CSRs with a page open who are not in the session."""
    here = session.participants.present().filter(user__isnull=False).values("user")
    seen = CsrPage.objects.seen_since(clock.now() - SILENCE).values("user")
    csrs = User.objects.filter(is_active=True, csr_privileges__isnull=False)
    return csrs.filter(Q(pk__in=seen) | is_reached_elsewhere()).exclude(pk__in=here)
