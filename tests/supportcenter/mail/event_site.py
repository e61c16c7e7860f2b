"""A site in a process of its own that hears one mail provider, and what that provider does there."""

import sqlite3
from base64 import b64encode
from contextlib import closing
from datetime import UTC, datetime

from tests.site_process import SiteProcess
from tests.supportcenter.mail import provider_shapes as shapes

SECRET = "caller:a-secret-that-is-long-enough"
WRONG = "caller:another-secret-of-that-length"
# Where no one listens: nothing of a test leaves this machine.
NO_WAY_OUT = "http://127.0.0.1:9"
EMAIL_URLS = {
    "amazon-ses": "anymail+amazon-ses://KEYID:KEY?region=eu-west-1",
    "mailgun": "anymail+mailgun://token",
    "mandrill": "anymail+mandrill://token",
    "postmark": "anymail+postmark://token",
    "sendgrid": "anymail+sendgrid://token",
}
KEYS = {"mailgun": shapes.SIGNING_KEY, "mandrill": shapes.MANDRILL_KEY}
PATHS = {name: f"/anymail/{name.replace('-', '_')}/tracking/" for name in EMAIL_URLS} | {
    "mandrill": "/anymail/mandrill/"
}


class EventSite(SiteProcess):
    def __init__(self, folder, provider, **settings):
        chosen = {"EMAIL_URL": EMAIL_URLS[provider], "MAIL_WEBHOOK_SECRET": SECRET, "HTTPS_PROXY": NO_WAY_OUT}
        super().__init__(folder, **chosen, MAIL_WEBHOOK_KEY=KEYS.get(provider, ""), **settings)

    def has_sent(self, number=1):
        """A message that its provider has taken; returns the mark that went with it."""
        mark = f"greeting-{number}.mark@support.example"
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        facts = {"may_be_taken": False} | dict.fromkeys(["provider", "provider_id", "reason", "detail"], "")
        facts |= dict.fromkeys(["created_at", "sent_at", "changed_at"], now)
        facts |= {"kind": "greeting", "subject": number, "facts": "{}", "message_id": f"<{mark}>"}
        facts |= {"state": "sent", "sending": 1, "attempts": 1}
        names, places = ", ".join(facts), ", ".join("?" * len(facts))
        self._ask(f"INSERT INTO mail_delivery ({names}) VALUES ({places})", *facts.values())
        return mark

    def states(self):
        """What became of the messages, in the order in which they were sent."""
        return [state for (state,) in self._ask("SELECT state FROM mail_delivery ORDER BY id")]

    def _ask(self, sql, *parameters):
        file = self.data_dir / "support.sqlite3"
        with closing(sqlite3.connect(file, isolation_level=None, timeout=20)) as database:
            return database.execute(sql, parameters).fetchall()


def headers_of(more, secret=SECRET):
    """Those of Django's test client, as they are on the line."""
    named = {name.removeprefix("HTTP_").replace("_", "-").title(): value for name, value in more.items()}
    return {**named, **({"Authorization": f"Basic {b64encode(secret.encode()).decode()}"} if secret else {})}
