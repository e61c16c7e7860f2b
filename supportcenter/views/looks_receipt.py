"""A receipt made up for the developers' pages."""

from datetime import timedelta
from types import SimpleNamespace as Made
from typing import Any

from django.utils import timezone

from sessions_app.models import Consent
from sessions_app.queries.receipt import Receipt
from sessions_app.queries.receipt_lines import ReceiptLine
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy


def sample_receipt(session: Any, me: Any, csr: str) -> Receipt:
    """Something allowed, something declined, and a file."""
    now = timezone.now()
    me.left_at = session.ended_at or now
    at, day = now - timedelta(minutes=10), timezone.localtime(me.joined_at).date()
    allowed, declined = Consent.Answer.ALLOWED, Consent.Answer.DECLINED
    reason = Consent.Reason.PRIVATE
    lines = [
        ReceiptLine(
            Capability.VIEW_DESKTOP, allowed, csr, at, day, asked_at=at, began_at=at, ended_at=now, surface="window"
        ),
        ReceiptLine(Capability.VIDEO, declined, csr, at, day, asked_at=at, reason=reason, reason_offered=reason.label),
    ]
    film: Any = Made(started_at=at, ended_at=now, state="finishing", file="")
    sender: Any = Made(name=csr)
    file: Any = Made(
        name="manual.pdf", size=812_000, sender_id=1, sender=sender, get_state_display="received", stop_reason=""
    )
    return Receipt(session, me, [csr], lines, [file], [film], SitePolicy(organisation="Example"), 100, False)
