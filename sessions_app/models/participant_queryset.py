"""How the people of sessions are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from sessions_app.models.participant import Participant  # noqa: F401 - it stands in quotes


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> ParticipantQuerySet:
        """In the session, whether or not their page is connected at the moment."""
        return self.filter(left_at__isnull=True)

    def admitted(self) -> ParticipantQuerySet:
        return self.filter(admitted_at__isnull=False)

    def shown_out(self) -> ParticipantQuerySet:
        """Whom the primary removed, or did not let in."""
        return self.filter(left_reason__in=self.model.SHOWN_OUT)

    def customers(self) -> ParticipantQuerySet:
        return self.filter(kind=self.model.Kind.CUSTOMER)

    def csrs(self) -> ParticipantQuerySet:
        return self.filter(kind=self.model.Kind.CSR)

    def without_line(self, number: int) -> ParticipantQuerySet:
        """E48: the customers who are there and do not read this line: what is told of it must not reach them."""
        return self.customers().present().filter(lines_before__gte=number)
