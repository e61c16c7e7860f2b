"""A receipt made up for the developers' pages."""

from datetime import timedelta
from types import SimpleNamespace as Made
from typing import Any

from django.utils import timezone

from sessions_app.forms.after import TranscriptForm
from sessions_app.models import Consent
from sessions_app.queries.receipt import Receipt
from sessions_app.queries.receipt_lines import ReceiptLine
from sessions_app.queries.transcript import Conversation
from sessions_app.queries.transcripts_sent import SentOut
from sessions_app.views.transcript_rows import TranscriptRow
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.mail.models import State


def sample_conversation(me: Any, csr: str, *said: str) -> Conversation:
    """What was said by turns, the customer first, and the representative's manual."""
    at = timezone.now() - timedelta(minutes=10)
    shared = {"at": at, "is_deleted": False, "edited_at": None, "conversation": 1}
    people = [me.display_name, csr]
    lines: list[Any] = [
        Made(**shared, author_name=people[place % 2], shown_text=text, file=None) for place, text in enumerate(said)
    ]
    lines.append(Made(**shared, author_name=csr, file=Made(name="manual.pdf", size=812_000)))
    return Conversation(lines, is_cut=False, is_deleted=False)


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


def sample_transcript(customer: Any) -> TranscriptRow:
    """One that has been sent, and the form that sends it again."""
    mail: Any = Made(email="carol@example.com", state_words=State.SENT.label, at=timezone.now(), sent_by=None)
    sent = SentOut([mail], may_send=True, address="carol@example.com")
    return TranscriptRow(customer, sent, TranscriptForm(customer=customer.pk, initial={"email": sent.address}))
