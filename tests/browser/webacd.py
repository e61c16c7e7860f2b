"""What agents and waiting customers do on their pages."""

import re

from playwright.sync_api import expect

from tests.browser.people import Customer, Desk

QUEUE = "from webacd.models import OpeningHours, Queue; queue = Queue.objects.get(slug='technical-support')\n"
EVERYBODY = f"{QUEUE}Queue.objects.update(strategy='everybody')\n"
MOST_IDLE = f"{QUEUE}Queue.objects.update(strategy='most_idle')\n"
# Open for one minute a week, three days from now.
CLOSED = f"""{QUEUE}
from datetime import time
from django.utils import timezone
weekday = (timezone.now().weekday() + 3) % 7
OpeningHours.objects.create(queue=queue, weekday=weekday, opens=time(9), closes=time(9, 1))
"""
NOBODY_WAITS = """
from webacd.actions.entering.waiting import abandon
from webacd.models import QueueEntry
for place in QueueEntry.objects.select_related("request"):
    abandon(place.request)
"""
OPEN = f"{QUEUE}queue.opening_hours.all().delete()\n"
AMAL_WATCHES = f"""{QUEUE}
from supportcenter.accounts.models import User
queue.managers.add(User.objects.get(username="amal"))
"""
AMAL_WATCHES_NO_LONGER = AMAL_WATCHES.replace("managers.add", "managers.remove")
# So short that a test can wait for it, while an offer lasts longer than any test.
SHORT_ABSENCE = f"""{QUEUE}
from webacd.models import AcdPolicy
AcdPolicy.objects.update(agent_return_seconds=3)
Queue.objects.update(offer_seconds=300)
"""
LONG_ABSENCE = f"""{QUEUE}
from webacd.models import AcdPolicy
AcdPolicy.objects.update(agent_return_seconds=45)
Queue.objects.update(offer_seconds=30)
"""


class Inbox:
    """The WebACD inbox of an agent."""

    def __init__(self, csr, status="Available"):
        self.csr = csr
        self.words = csr.words
        self.page = csr.open("/webacd/inbox/")
        self.choose(status)

    def choose(self, status):
        self.page.get_by_label(self.words("Status"), exact=True).select_option(label=self.words(status))
        expect(self.status.locator(".inbox-status__now")).to_contain_text(self.words(status))

    @property
    def status(self):
        return self.page.get_by_role("region", name=self.words("Your status"))

    @property
    def offer(self):
        return self.page.get_by_role("article")

    def accept(self):
        self.offer.get_by_role("button", name=self.words("Accept"), exact=True).click()
        self.page.wait_for_url(re.compile(r"/sessions/[-\w]{16,}/"))
        return Desk(self.page, self.csr)

    def close(self):
        """Nobody is offered anything any more."""
        if "/webacd/inbox/" not in self.page.url:
            self.page = self.csr.open("/webacd/inbox/")
        self.page.get_by_label(self.words("Status"), exact=True).select_option("signed_out")
        expect(self.page.locator("#agent-status")).to_have_value("signed_out")


def come_to(person, slug="technical-support", name="Carol", about=""):
    """A stranger fills in the entry form, and waits."""
    page = person.open(f"/queues/{slug}/")
    page.get_by_label(person.words("Your name"), exact=True).fill(name)
    if about:
        page.locator("main form textarea").fill(about)
    page.get_by_role("button", name=person.words("Get help"), exact=True).click()
    expect(page.get_by_role("heading", name=person.words("You are in the queue"))).to_be_visible()
    return page


def is_helped(person, page):
    expect(page).to_have_url(re.compile("/support/"))
    return Customer(page, person).is_let_in()


def open_transfer(desk):
    page, words = desk.page, desk.words
    page.get_by_role("tab", name=words("Session"), exact=True).click()
    page.get_by_role("button", name=words("Transfer Session"), exact=True).click()
    return page.get_by_role("dialog", name=words("Transfer Session"))


def open_help(desk):
    """The dialog by which a primary asks a queue for help."""
    page, words = desk.page, desk.words
    page.get_by_role("tab", name=words("Tools"), exact=True).click()
    page.get_by_role("button", name=words("Ask a queue for help"), exact=True).click()
    return page.get_by_role("dialog", name=words("Ask a queue for help"))
