"""Hand a message over to the mail server, or to a provider's API."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from anymail.exceptions import AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from supportcenter import metrics
from supportcenter.mail.models import Delivery
from supportcenter.mail_providers import PROVIDERS

# RFC 3834: no out-of-office answers, please.
NO_ANSWERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
# In anymail's words.
TAKEN = {"sent", "queued"}
# What the provider is asked to keep beside the message, and gives back with each event.
MARK = "delivery"


class OvertakenError(Exception):
    """Another attempt has begun: this worker was away for longer than its lease."""


def hand_over(delivery: Delivery, message: EmailMessage) -> tuple[str, str]:
    """Send it under the delivery's Message-ID; return the provider's name and the id it gave, both empty after SMTP.

    Raises OvertakenError, and what the backend does; replies.reply_of() tells what that means.
    """
    message.extra_headers = {**NO_ANSWERS, **message.extra_headers, "Message-ID": delivery.message_id}
    connection = message.connection = get_connection()
    _suit(message, delivery)
    # Writing the message and reaching the server take their time, after which another worker may have it in hand.
    with metrics.outcome_of("mail", but=OvertakenError), connection:
        if not delivery.is_still_ours():
            raise OvertakenError
        message.send()
        provider_id = _name_at_the_provider(message, connection)
    return getattr(connection, "esp_name", ""), provider_id


def _name_at_the_provider(message: Any, connection: Any) -> str:
    """Raises AnymailRecipientsRefused where the provider's words were not plain enough for anymail to do so."""
    status = getattr(message, "anymail_status", None)
    if status is None:
        return ""
    if not status.message_id and not (status.status or set()) & TAKEN:
        raise AnymailRecipientsRefused(email_message=message, response=status.esp_response, backend=connection)
    return str(status.message_id or "")


def _suit(message: Any, delivery: Delivery) -> None:
    """What the site's provider takes beside the message itself."""
    provider = PROVIDERS.get(settings.MAIL_PROVIDER)
    if provider is None:
        return
    if provider.keeps_marks:
        message.metadata = {MARK: delivery.message_id.strip("<>")}
    if provider.key_header:
        message.extra_headers[provider.key_header] = str(uuid5(NAMESPACE_URL, delivery.message_id))
    if not provider.takes_headers:
        message.extra_headers = {}
