"""What looks through the deliveries by itself, every hour, reads those few that it is about."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef

from invitations.models import Invitation
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def plan_of(rows):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


@pytest.fixture(autouse=True)
def some():
    for number in range(20):
        post("greeting", number)
    Delivery.objects.update(state="sent")


def test_those_still_to_be_handed_over():
    assert "mail_pending" in plan_of(Delivery.objects.pending().order_by("created_at"))


def test_those_of_which_a_server_has_said_something():
    named = Invitation.objects.filter(pk=OuterRef("subject")).exclude(email="")

    plan = plan_of(Delivery.objects.with_details().filter(~Exists(named), kind="invitation"))

    assert "mail_with_details" in plan
    assert "SCAN U0" not in plan
