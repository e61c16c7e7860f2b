"""People whose browsers share what a test names, without a picker, from devices that are not there.

Flags belong to a browser process, so people who share different things have a process each.
"""

import os
from functools import partial

import pytest

from tests.browser.conftest import MARK, PATIENCE, close, keep_evidence
from tests.browser.media.flags import FLAGS, TAB
from tests.browser.media.people import MediaCustomer, MediaDesk, work_tab
from tests.browser.people import Csr, Customers, Person
from tests.browser.site import find_chromium
from tests.browser.words import Words


@pytest.fixture
def words():
    """Media are the same in either language; the sentences about them are looked at elsewhere."""
    return Words("en")


@pytest.fixture
def launch(browser):
    """launch(*flags): a browser process of its own."""
    running = []

    def launch(*flags, headless=True, env=None, devices=True):
        args = [*(FLAGS if devices else FLAGS[:-1]), MARK, *flags]
        process = browser.browser_type.launch(
            executable_path=find_chromium(), args=args, headless=headless, env={**os.environ, **(env or {})}
        )
        running.append(process)
        return process

    yield launch
    for process in running:
        if process.is_connected():
            close(process)


@pytest.fixture
def cast(request, site, signed_in, watch, launch):
    """Who takes part: those whose browsers share something have a process of their own."""
    cast = Cast(site, signed_in, watch, launch)
    line = len(site.lines)
    yield cast
    faults = [*watch.faults(), *site.faults_since(line)]
    if getattr(request.node, "failed", False) or faults:
        keep_evidence(request.node.name, cast.pages, site.lines[line:], watch.seen)
    cast.go_home()
    assert not faults, "\n".join(faults)


class Cast:
    def __init__(self, site, signed_in, watch, launch):
        self._site, self._signed_in, self._watch, self._launch = site, signed_in, watch, launch
        self.csrs, self._contexts, self._shared = [], [], None

    @property
    def pages(self):
        return [page for context in self._contexts for page in _pages(context)]

    def csr(self, username, *flags, process=None, **options):
        context = self._context(process or self._process(flags), storage_state=self._signed_in[username], **options)
        csr = Csr(context, self._site, Words("en"), username)
        self.csrs.append(csr)
        return csr

    def starts(self, username, *flags, **options):
        return MediaDesk.of(self.csr(username, *flags, **options).start())

    def assists(self, username, number, *flags, **options):
        return MediaDesk.of(self.csr(username, *flags, **options).assist(number))

    def stranger(self, *flags, process=None, language="en", **options):
        words = Words(language)
        context = self._context(process or self._process(flags), locale=words.locale, **options)
        return Person(context, self._site, words)

    def joins(self, number, name="Carol", *flags, process=None, **options):
        stranger = partial(self.stranger, *flags, process=process, **options)
        customer = MediaCustomer.of(Customers(stranger).join(number, name))
        customer.is_live()
        return customer

    def joins_with_tab(self, number, name="Carol", colour="rgb(0,0,255)", **options):
        """A customer whose browser, when asked, shares another tab of theirs: one of this colour."""
        customer = self.joins(number, name, TAB, **options)
        customer.work = work_tab(customer.page.context, colour)
        customer.page.bring_to_front()
        return customer

    def go_home(self):
        """End what runs, for those too whose browser has crashed. Pages first: see new_context."""
        for page in self.pages:
            page.close()
        for username in {csr.username for csr in self.csrs}:
            context = self._context(self._process(()), storage_state=self._signed_in[username])
            Csr(context, self._site, Words("en"), username).end_whatever_runs()

    def starts_with_tab(self, username, colour="rgb(255,0,0)"):
        """A representative whose browser, when they share, shares another tab of theirs: one of this colour."""
        desk = self.starts(username, TAB)
        desk.work = work_tab(desk.page.context, colour)
        desk.page.bring_to_front()
        return desk

    def _process(self, flags):
        if flags:
            return self._launch(*flags)
        self._shared = self._shared or self._launch()
        return self._shared

    def _context(self, process, *, devices=True, **options):
        permissions = ["camera", "microphone"] if devices else []
        context = process.new_context(**{"locale": "en-GB", "permissions": permissions, **options})
        context.set_default_timeout(PATIENCE)
        self._watch.over(context)
        self._contexts.append(context)
        return context


def _pages(context):
    return [page for page in context.pages if not page.is_closed()]
