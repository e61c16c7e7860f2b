"""What agents are doing, in a few statements whose cost does not grow with what they have done."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet

from sessions_app.models import CsrDesk, SupportSession
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.policy import customer_maximum
from supportcenter.kept_sql import OneOf, kept_values
from webacd.engine.capacity import slots_of
from webacd.engine.facts import AgentView
from webacd.models import Agent, Offer

Rows = QuerySet[Any, Any]


class _Row(NamedTuple):
    """An agent's columns and, under the same names, those of their privileges: it stands in for both."""

    pk: int
    user_id: int
    status: str
    idle_since: datetime
    most_sessions: int | None
    resting_until: datetime | None
    wrapping_up_until: datetime | None
    version: int
    expected_until: datetime | None
    multi_session: bool
    max_customers: int | None


def agent_views(pks: Collection[int] | None = None) -> dict[int, AgentView]:
    """What every agent is doing now, or each of `pks`."""
    # Plain rows: building the model instances would take most of the time.
    found = _all_agents() if pks is None else _some_agents(pks=list(pks))
    rows = [_Row(*row) for row in found]
    users = None if pks is None else [row.user_id for row in rows]
    policy = SitePolicy.current()
    sessions, desks, offers = sessions_of(users), _desks(users), _open_offers()
    return {row.pk: _view(row, policy, sessions, desks, offers) for row in rows}


def sessions_of(users: Collection[int] | None = None) -> dict[int, int]:
    """How many running sessions each CSR controls, or each of `users`."""
    return dict(_sessions_of_all() if users is None else _sessions_of_some(users=list(users)))


def _desks(users: Collection[int] | None) -> dict[int, int]:
    return dict(_desks_of_all() if users is None else _desks_of_some(users=list(users)))


def _open_offers() -> dict[int, int]:
    # Counted here: grouped by agent, the offers of all time would be read in the order of their agents.
    return Counter(agent for (agent,) in _running_offers(now=clock.now()))


def _view(
    row: Any, policy: SitePolicy, sessions: Mapping[int, int], desks: Mapping[int, int], offers: Mapping[int, int]
) -> AgentView:
    return AgentView(
        pk=row.pk,
        status=row.status,
        idle_since=row.idle_since,
        sessions=sessions.get(row.user_id, 0),
        slots=slots_of(row, row, policy),
        room=customer_maximum(policy, row).number - desks.get(row.user_id, 0),
        open_offers=offers.get(row.pk, 0),
        resting_until=row.resting_until,
        wrapping_up_until=row.wrapping_up_until,
        version=row.version,
        expected_until=row.expected_until,
    )


@kept_values
def _all_agents() -> Rows:
    privileges = {name: F(f"user__csr_privileges__{name}") for name in ("multi_session", "max_customers")}
    return Agent.objects.active().order_by().annotate(**privileges).values_list(*_Row.__annotations__)


@kept_values
def _some_agents(*, pks: list[int]) -> Rows:
    return _all_agents.make().filter(OneOf(F("pk"), pks))


@kept_values
def _sessions_of_all() -> Rows:
    rows = SupportSession.objects.open().filter(primary__isnull=False).order_by()
    return rows.values_list("primary__user").annotate(Count("pk"))


@kept_values
def _sessions_of_some(*, users: list[int]) -> Rows:
    # A CSR in control is present: by those who are, not by all that these CSRs ever were.
    here = SupportSession.objects.open().filter(OneOf(F("primary__user"), users), primary__left_at__isnull=True)
    return here.order_by().values_list("primary__user").annotate(Count("pk"))


@kept_values
def _desks_of_all() -> Rows:
    return CsrDesk.objects.exclude(customers=0).values_list("user", "customers")


@kept_values
def _desks_of_some(*, users: list[int]) -> Rows:
    return CsrDesk.objects.filter(OneOf(F("user"), users)).values_list("user", "customers")


@kept_values
def _running_offers(*, now: datetime) -> Rows:
    return Offer.objects.running(now).order_by().values_list("agent")
