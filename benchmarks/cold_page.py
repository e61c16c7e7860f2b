"""How soon a page is there that a browser has never seen: from navigation until its socket follows. Two tables.

    python -m benchmarks.cold_page [--rounds 5]

The same site twice, with bundles and with the modules that they are made of, and MeshCentral, in turn, over two lines
as Chromium imitates them. A page to sign in on has no socket: it is there when its form can be filled in. Needs
Chromium, Node and requirements/bundles.txt; starts sites of its own.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.meshcentral import PASSWORD, USER, MeshCentral
from benchmarks.real_site import real_site
from tests.browser.flags import CHROMIUM_FLAGS
from tests.browser.people import Csr, Customers, Person
from tests.browser.site import find_chromium
from tests.browser.words import Words

WORDS = Words("en")
# Milliseconds of a round trip, and bits a second.
LINES = {"100 ms, 10 Mbit/s": (100, 10e6), "562 ms, 1.44 Mbit/s": (562, 1.44e6)}
# Seconds: nobody is gone because their page is slow.
LONG_GRACES = dict.fromkeys(("reload_grace", "connection_grace", "customer_grace"), 300)
# Milliseconds: a page of others may take more than half a minute over the slower line.
PATIENCE = 180_000
BUILDS = {"bundles": "1", "modules": "0"}
OURS = ("dashboard", "customer's page", "sign-in page")
# A page of ours, and what of MeshCentral's it is like.
BESIDE_MESH = [(name, "technician's page") for name in OURS[:2]] + [("sign-in page", "sign-in page")]


class Side:
    """One page of Playwright's, what it is to have when it is there, and the line between it and its site."""

    def __init__(self, page, wait):
        self.page, self.wait = page, wait
        page.set_default_timeout(PATIENCE)
        self._line = page.context.new_cdp_session(page)
        self._line.send("Network.enable")

    def seconds_until_live(self, latency, bits):
        self._line.send("Network.clearBrowserCache")
        speed = {"downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
        self._line.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency, **speed})
        began = time.monotonic()
        self.page.reload(wait_until="commit")
        self.wait(self.page)
        taken = time.monotonic() - began
        quiet = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self._line.send("Network.emulateNetworkConditions", quiet)
        self.page.wait_for_load_state("networkidle")
        return taken


def is_live(page):
    page.wait_for_selector('[data-room][data-connection="live"]')


def can_be_filled_in(page):
    page.locator('input[type="password"]:visible').first.wait_for()


def hears_mesh(page):
    """Its socket is open, and the first message has come."""
    page.wait_for_function("typeof meshserver === 'object' && meshserver?.State === 2")


def our_sides(browser, site):
    csr = Csr(browser.new_context(locale="en-GB"), site, WORDS, "bilal")
    csr.sign_in()
    desk = csr.start()
    carol = Customers(lambda: Person(browser.new_context(locale="en-GB"), site, WORDS)).join(desk.number)
    for page in (desk, carol):
        page.is_live()
    sign_in = Person(browser.new_context(locale="en-GB"), site, WORDS).open("/accounts/login/")
    return {
        "dashboard": Side(desk.page, is_live),
        "customer's page": Side(carol.page, is_live),
        "sign-in page": Side(sign_in, can_be_filled_in),
    }


def mesh_sides(browser, mesh):
    """Its page to sign in on, and the one that a technician works on, here with no device in it."""
    # Its policy would also keep the measure from asking the page how far it is.
    mine, strangers = (browser.new_context(locale="en-GB", bypass_csp=True).new_page() for _ in range(2))
    for page in (mine, strangers):
        page.goto(mesh.url)
    mine.fill("#username", USER)
    mine.fill("#password", PASSWORD)
    mine.click("#loginButton")
    hears_mesh(mine)
    return {"technician's page": Side(mine, hears_mesh), "sign-in page": Side(strangers, can_be_filled_in)}


def measure(rounds):
    """Seconds by site (a build of ours, or MeshCentral), page and line."""
    found = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack, sync_playwright() as playwright:
        sites = {}
        for build, setting in BUILDS.items():
            site = real_site(Path(folder) / build, BUNDLES=setting)
            site.decide(**LONG_GRACES)
            sites[build] = stack.enter_context(site)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        sides = {build: our_sides(browser, site) for build, site in sites.items()}
        own = Path(folder) / "mesh"
        own.mkdir()
        sides[MeshCentral.name] = mesh_sides(browser, stack.enter_context(MeshCentral(own)))
        for _ in range(rounds):
            for line, (latency, bits) in LINES.items():
                for site, pages in sides.items():
                    for name, side in pages.items():
                        seconds = side.seconds_until_live(latency, bits)
                        found.setdefault((site, name, line), []).append(seconds)
        browser.close()
    return found


def table(found):
    """Ours with and without bundles, and beside MeshCentral's pages."""
    median = {key: statistics.median(seconds) for key, seconds in found.items()}
    yield "| page | line | modules | bundles | ratio |"
    yield "|---|---|---|---|---|"
    for name, line in product(OURS, LINES):
        modules, bundles = (median[build, name, line] for build in ("modules", "bundles"))
        yield f"| {name} | {line} | {modules:.2f} s | {bundles:.2f} s | {bundles / modules:.2f} |"
    yield ""
    yield "| page | page of MeshCentral | line | its seconds | ours | ratio | goal |"
    yield "|---|---|---|---|---|---|---|"
    for (name, theirs), line in product(BESIDE_MESH, LINES):
        ours, its = found["bundles", name, line], found[MeshCentral.name, theirs, line]
        ratio = statistics.median(ours) / statistics.median(its)
        yield f"| {name} | {theirs} | {line} | {_spread(its)} | {_spread(ours)} | {ratio:.2f} | < 1 |"


def _spread(seconds):
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f} – {max(seconds):.2f})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="benchmarks.cold_page")
    parser.add_argument("--rounds", type=int, default=5)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
    sys.stdout.write("\n".join(table(measure(parser.parse_args().rounds))) + "\n")
