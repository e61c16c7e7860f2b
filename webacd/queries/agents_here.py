"""Which agents have a page open: their socket is also that by which any CSR is reached."""

from typing import Any

from django.db.models import QuerySet

from webacd.models import Agent


def agents_with_a_page() -> QuerySet[Agent, Any]:
    return Agent.objects.filter(expected_until=None).values("user")
