"""What a customer can keep: the receipt of what they were asked and allowed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from sessions_app.actions.activities.activities import start_activity
from sessions_app.actions.activities.consent import decline, give_consent
from supportcenter.accounts.capabilities import Capability
from tests.sessions_app.views.asking import ask, send

pytestmark = pytest.mark.django_db


def test_receipt_can_be_saved_after_the_end(desk, seat, session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)
    send(desk, "end_session", session)

    page = seat.get(reverse("remote_support", args=[session.key])).content.decode()
    assert "What you were asked" in page
    assert "css/consents.css" in page
    receipt = seat.get(reverse("save_receipt", args=[session.key]))
    assert receipt["Content-Disposition"].startswith("attachment")
    assert "desktop · asked by Amal · your answer: allowed" in receipt.content.decode()


def test_receipt_says_of_a_declined_call_not_how_long_the_others_talked(desk, seat, session, carol):
    call = start_activity(session, Capability.VOICE, by=session.primary)
    send(seat, "customer_decline_call", session, call.pk)
    send(desk, "end_session", session)
    receipt = seat.get(reverse("save_receipt", args=[session.key])).content.decode()
    (line,) = [line for line in receipt.splitlines() if "asked by Amal" in line]
    assert line.endswith("your answer: declined")
    page = seat.get(reverse("remote_support", args=[session.key])).content.decode()
    ledger = page[page.index('class="ledger"') : page.index("</ul>", page.index('class="ledger"'))]
    assert ledger.count("<time") == 1


def test_receipt_says_who_asked_and_what_the_customer_answered(seat, session, carol):
    """Never that the representative has allowed it."""
    decline(session, ask(session, carol), by=carol)
    give_consent(session, ask(session, carol, Capability.VIEW_APPLICATION), standing=True, by=carol)
    lines = seat.get(reverse("save_receipt", args=[session.key])).content.decode().splitlines()
    assert [line.split("  ", 1)[1] for line in lines[3:] if line] == [
        "View customer's desktop · asked by Amal · your answer: declined",
        "View customer's application · asked by Amal · your answer: allowed",
        "Everything, for this session · for Amal · your answer: allowed for this session",
    ]
    page = " ".join(seat.get(reverse("remote_support", args=[session.key])).content.decode().split())
    assert "View customer&#x27;s desktop · asked by <bdi>Amal</bdi> </span> <strong>declined</strong>" in page
    standing = "Everything, for this session · for <bdi>Amal</bdi> </span> <strong>allowed for this session</strong>"
    assert standing in page


def test_receipt_prints_the_sites_time_and_says_so(seat, session, carol, settings, time_machine):
    settings.TIME_ZONE = "Asia/Riyadh"
    time_machine.move_to(datetime(2026, 11, 28, 9, 30, tzinfo=UTC), tick=False)
    decline(session, ask(session, carol), by=carol)
    receipt = seat.get(reverse("save_receipt", args=[session.key])).content.decode()
    assert "Times are in the site’s time zone: Asia/Riyadh." in receipt
    assert "\n2026-11-28 12:30:00  " in receipt
    assert "UTC" not in receipt
