"""How soon a page is there that a browser has never seen: from navigation until its socket follows. One table.

    python -m benchmarks.cold_page [--rounds 5]

The same site twice, with bundles and with the modules that they are made of, in turn, over two lines as Chromium
imitates them. Needs Chromium and requirements/bundles.txt; starts sites of its own.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import sync_playwright

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
BUILDS = {"bundles": "1", "modules": "0"}


class Side:
    """One page, and the line between it and its site."""

    def __init__(self, page):
        self.page = page
        self._line = page.page.context.new_cdp_session(page.page)
        self._line.send("Network.enable")

    def seconds_until_live(self, latency, bits):
        self._line.send("Network.clearBrowserCache")
        speed = {"downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
        self._line.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency, **speed})
        began = time.monotonic()
        self.page.page.reload(wait_until="commit")
        self.page.page.wait_for_selector('[data-room][data-connection="live"]')
        taken = time.monotonic() - began
        quiet = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self._line.send("Network.emulateNetworkConditions", quiet)
        self.page.page.wait_for_load_state("networkidle")
        return taken


def both_sides(browser, site):
    csr = Csr(browser.new_context(locale="en-GB"), site, WORDS, "bilal")
    csr.sign_in()
    desk = csr.start()
    carol = Customers(lambda: Person(browser.new_context(locale="en-GB"), site, WORDS)).join(desk.number)
    for page in (desk, carol):
        page.is_live()
    return {"dashboard": Side(desk), "customer's page": Side(carol)}


def measure(rounds):
    """Seconds by page, line and build."""
    found = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack, sync_playwright() as playwright:
        sites = {}
        for build, setting in BUILDS.items():
            site = real_site(Path(folder) / build, BUNDLES=setting)
            site.decide(**LONG_GRACES)
            sites[build] = stack.enter_context(site)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        sides = {build: both_sides(browser, site) for build, site in sites.items()}
        for _ in range(rounds):
            for line, (latency, bits) in LINES.items():
                for name in ("dashboard", "customer's page"):
                    for build in BUILDS:
                        seconds = sides[build][name].seconds_until_live(latency, bits)
                        found.setdefault((name, line), {}).setdefault(build, []).append(seconds)
        browser.close()
    return found


def table(found):
    yield "| page | line | modules | bundles | ratio |"
    yield "|---|---|---|---|---|"
    for (name, line), seconds in found.items():
        modules, bundles = (statistics.median(seconds[build]) for build in ("modules", "bundles"))
        yield f"| {name} | {line} | {modules:.2f} s | {bundles:.2f} s | {bundles / modules:.2f} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="benchmarks.cold_page")
    parser.add_argument("--rounds", type=int, default=5)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
    sys.stdout.write("\n".join(table(measure(parser.parse_args().rounds))) + "\n")
