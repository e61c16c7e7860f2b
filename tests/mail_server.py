"""A mail server for tests: real SMTP on a port of this machine, answering as it is told."""

import asyncio
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core.mail.backends.smtp import EmailBackend


class MailServer(Controller):
    """Takes every message, except where it is told otherwise.

    `refuse` names a reply for a step, {"RCPT": "550 5.1.1 no such user"}, and `unknown` addresses that get it alone. As
    often as `greylists` says, a recipient is to come again; as often as `drops`, the line is cut after the message
    came; and each answer to DATA takes `delay` seconds.
    """

    def __init__(self):
        super().__init__(self, hostname="127.0.0.1", port=0)
        self.refuse = {}
        self.unknown = set()
        self.greylists = self.drops = self.delay = 0
        self.messages = []
        self.envelopes = []

    def factory(self):
        return SMTP(self, hostname="mail.test")

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self.refuse.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.unknown:
            return "550 5.1.1 no such user"
        if "RCPT" in self.refuse:
            return self.refuse["RCPT"]
        if self.greylists:
            self.greylists -= 1
            return "450 4.7.1 Greylisted, please come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        await asyncio.sleep(self.delay)
        if self.drops:
            self.drops -= 1
            server.transport.abort()
            return "421 never heard"
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK: queued"

    def _trigger_server(self):
        # The controller greets the server on the port it asked for; we asked for any.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = f"{EmailBackend.__module__}.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.DEFAULT_FROM_EMAIL = "Support <support@center.example>"
    yield server
    if server.loop.is_running():
        server.stop()
