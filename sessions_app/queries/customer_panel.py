"""What the panel of a customer shows (E62), in the console and in the record. For staff alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sessions_app.models import Participant, SupportSession
from sessions_app.queries.devices import DeviceSaid, able_to, device_said
from sessions_app.queries.earlier import Earlier, earlier_sessions
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.reporting.first_rows import FirstRows, first_rows

# Customers of one session among whom the record lets choose.
MOST_CUSTOMERS = 20


@dataclass(frozen=True)
class CustomerPanel:
    customer: Participant
    reader: User
    # Whom the record lets choose among, where it has several.
    others: FirstRows[Participant] = field(default_factory=FirstRows)

    @cached_property
    def typed(self) -> SupportSession | None:
        """The session whose number they typed, if they got one of their own by it (E34)."""
        customer, session = self.customer, self.customer.session
        if customer.came_by != Participant.CameBy.NUMBER or session.branched_from is None:
            return None
        # Who came later typed the number of the branch itself.
        sooner = Participant.objects.customers().filter(session=session, pk__lt=customer.pk)
        return None if sooner.exists() else session.branched_from

    @cached_property
    def earlier(self) -> Earlier:
        return earlier_sessions(self.customer, self.reader)

    @property
    def device(self) -> DeviceSaid | None:
        return device_said(self.customer.device)

    @property
    def able(self) -> list[str]:
        return able_to(self.customer.can)

    @property
    def zone(self) -> str:
        return str(self.customer.device.get("zone", ""))

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def place(self) -> str:
        """The town that the zone is named after."""
        return self.zone.rpartition("/")[2].replace("_", " ")


def panel_in_console(session: SupportSession, me: Participant) -> CustomerPanel | None:
    """Of the customer who is being helped now."""
    customer = session.current_customer
    return CustomerPanel(customer, me.account) if customer else None


def panel_in_record(session: SupportSession, reader: User, *, chosen: int = 0) -> CustomerPanel | None:
    """Of the `chosen` customer, or of the first who was let in; None of a session to which no customer came."""
    # Not `session.participants`, of which the page has prefetched those present.
    customers = Participant.objects.customers().filter(session=session).select_related("session__branched_from")
    found = first_rows(customers.order_by("pk"), MOST_CUSTOMERS)
    if not found:
        return None
    first = next((one for one in found if one.is_admitted), found[0])
    customer = next((one for one in found if one.pk == chosen), None)
    if customer is None and found.has_more:
        customer = customers.filter(pk=chosen).first()
    return CustomerPanel(customer or first, reader, found if len(found) > 1 else FirstRows())
