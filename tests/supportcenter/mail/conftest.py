import pytest
from django.core.mail import EmailMessage

from supportcenter.mail import owners

KIND = "greeting"


class Owner:
    """Has a message that the site sends, to the address in the delivery's facts, and hears what becomes of it."""

    def __init__(self):
        self.wants_it, self.heard = True, []

    def compose(self, delivery):
        to = delivery.facts.get("to", "carol@example.com")
        return EmailMessage("Hello", "Good day.", to=[to]) if self.wants_it else None

    def hear(self, delivery):
        self.heard.append(delivery.state)


@pytest.fixture
def owner(monkeypatch):
    owner = Owner()
    monkeypatch.setitem(owners.composers, KIND, owner.compose)
    monkeypatch.setitem(owners.listeners, KIND, owner.hear)
    return owner
