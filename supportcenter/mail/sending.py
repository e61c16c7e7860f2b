"""Hand a message over to the mail server, or to a provider's API."""

from django.core.mail import EmailMessage, get_connection

from supportcenter import metrics
from supportcenter.mail.models import Delivery

# RFC 3834: no out-of-office answers, please.
NO_ANSWERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def hand_over(delivery: Delivery, message: EmailMessage) -> tuple[str, str]:
    """Send it under the delivery's Message-ID; return the provider's name and the id it gave, both empty after SMTP.

    Raises what the backend does; replies.reply_of() tells what that means.
    """
    message.extra_headers = {**NO_ANSWERS, **message.extra_headers, "Message-ID": delivery.message_id}
    connection = message.connection = get_connection()
    with metrics.outcome_of("mail"):
        message.send()
    status = getattr(message, "anymail_status", None)
    return getattr(connection, "esp_name", ""), str(status.message_id or "") if status else ""
