"""What looks through the deliveries by itself, every hour, reads those few that it is about."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef

from invitations.models import Invitation
from supportcenter import clock
from supportcenter.mail.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def sent_long_ago():
    """Enough for PostgreSQL to prefer an index to the table, and told to it: a plan for a few rows may be any."""
    Delivery.objects.bulk_create(
        Delivery(
            kind="invitation",
            subject=number,
            message_id=f"<{number}@support.example>",
            state="sent" if number else "queued",
            detail="" if number else "451 Try later",
        )
        for number in range(3000)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE mail_delivery")


def test_those_still_to_be_handed_over():
    assert "mail_pending" in Delivery.objects.pending().order_by("created_at").explain()


def test_those_of_which_a_server_has_said_something():
    named = Invitation.objects.filter(pk=OuterRef("subject")).exclude(email="")

    plan = Delivery.objects.with_details().filter(~Exists(named), kind="invitation").explain()

    assert "mail_with_details" in plan
    assert "SCAN U0" not in plan


def test_those_that_were_lost_lately():
    assert "mail_lost" in Delivery.objects.lost_since(clock.now()).order_by().explain()
