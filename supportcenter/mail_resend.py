"""Resend, told which messages are one and the same.

Anymail 15 has no place for the header by which Resend knows, for a day, a request that it has had before.
"""

from typing import Any

from anymail.backends.resend import EmailBackend as ResendBackend

KEY = "Idempotency-Key"


class EmailBackend(ResendBackend):
    def build_message_payload(self, message: Any, defaults: Any) -> Any:
        payload = super().build_message_payload(message, defaults)
        if message_id := message.extra_headers.get("Message-ID"):
            payload.headers[KEY] = message_id.strip("<>")
        return payload
