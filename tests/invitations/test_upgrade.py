"""Invitations from before the outbox: each has a delivery afterwards, and what waited is sent by the job it had."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from invitations.jobs import deliver
from invitations.models import Invitation
from supportcenter.mail.models import Delivery

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
BEFORE = [("invitations", "0002_plain_words")]


@pytest.fixture
def before():
    """The model of invitations as it was, over its table as it was."""
    executor = MigrationExecutor(connection)
    yield executor.migrate(BEFORE).apps.get_model("invitations", "Invitation")
    upgrade()


def upgrade():
    executor = MigrationExecutor(connection)
    executor.loader.build_graph()
    executor.migrate(executor.loader.graph.leaf_nodes())


def make(before, session, name, *, channel="email", hours=24, **facts):
    now = timezone.now()
    return before.objects.create(
        session_id=session.pk,
        invited_by_id=session.primary.pk,
        recipient="customer",
        email=f"{name}@example.com",
        language="en",
        channel=channel,
        nonce=name,
        token_hash=name,
        expires_at=now + timedelta(hours=hours),
        **facts,
    ).pk


def test_each_keeps_its_state(session, before):
    now = timezone.now()
    made = {
        "queued": make(before, session, "queued", queued_at=now),
        "sent": make(before, session, "sent", sent_at=now, sendings=3),
        "failed": make(before, session, "failed", failed_at=now, failure="refused", failure_detail="550 No"),
        "expired": make(before, session, "expired", sent_at=now, hours=-1),
        "sent_by_you": make(before, session, "own", channel="own_program"),
    }

    upgrade()

    assert {str(Invitation.objects.get(pk=pk).state): pk for pk in made.values()} == made
    kept = Delivery.objects.order_by("subject").values_list("subject", "sending", "reason", "detail")
    assert [*kept] == [(made["queued"], 1, "", ""), (made["sent"], 3, "", ""), (made["failed"], 1, "refused", "550 No")]


def test_what_waited_is_sent_by_the_job_that_it_had(session, before, mail_server):
    waiting = make(before, session, "waiting", queued_at=timezone.now())
    upgrade()

    deliver(waiting, 1)

    assert [recipients for _sender, recipients in mail_server.envelopes] == [["waiting@example.com"]]
    assert Invitation.objects.get().state == "sent"
