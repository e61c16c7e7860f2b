"""What Django sends mail with on a site that has no mail server: nothing leaves, so nothing is called sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class NoMailServerError(ConnectionError):
    def __init__(self) -> None:
        super().__init__("No mail server is set up (EMAIL_URL).")


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise NoMailServerError
