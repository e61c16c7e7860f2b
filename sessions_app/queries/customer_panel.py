"""What the panel of a customer shows (E62), in the console and in the record. For staff alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sessions_app.models import Participant, SupportSession
from sessions_app.queries.devices import DeviceSaid, able_to, device_said
from sessions_app.queries.earlier import Earlier, earlier_sessions
from supportcenter import clock
from supportcenter.accounts.models import User

# Customers of one session among whom the record lets choose.
MOST_CUSTOMERS = 20


@dataclass(frozen=True)
class CustomerPanel:
    customer: Participant
    reader: User
    # Who else is to be had, in the record.
    others: Sequence[Participant] = ()

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
    customers = Participant.objects.customers().filter(session=session).order_by("pk")
    found = list(customers[:MOST_CUSTOMERS])
    if not found:
        return None
    admitted = [one for one in found if one.is_admitted] or found
    customer = next((one for one in found if one.pk == chosen), admitted[0])
    return CustomerPanel(customer, reader, found if len(found) > 1 else ())
