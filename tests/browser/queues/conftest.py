"""Queues as people live them: each test leaves them as it found them."""

import pytest

from tests.browser.webacd import AMAL_WATCHES_NO_LONGER, LONG_ABSENCE, MOST_IDLE, NOBODY_WAITS, OPEN, Inbox


@pytest.fixture(autouse=True)
def parts_that_are_gone(watch):
    """A person who has just left a session may still ask for a part of its page; the second confirmation is a 409."""
    watch.expect(r"status of 4(09|10)")


@pytest.fixture(autouse=True)
def nobody_waits_any_more(site):
    """Who was left waiting at the end of a test is not in the way of the next."""
    yield
    site.run(NOBODY_WAITS)


@pytest.fixture
def decide(site):
    """What an admin decides of the queue for this test."""

    def decide(code):
        site.run(code)

    yield decide
    site.run(MOST_IDLE + OPEN + LONG_ABSENCE + AMAL_WATCHES_NO_LONGER)


@pytest.fixture
def at_work():
    """Agents who come to work, and go home at the end of the test."""
    inboxes = []

    def at_work(csr, status="Available"):
        inboxes.append(Inbox(csr, status))
        return inboxes[-1]

    yield at_work
    for inbox in inboxes:
        inbox.csr.end_whatever_runs()
        inbox.page = inbox.csr.open("/webacd/inbox/")
        inbox.close()
