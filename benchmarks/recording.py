"""What recording costs the one who records: CPU of a browser that shares a tab full of moving text. One table.

    python -m benchmarks.recording [--seconds 15]

Needs Chromium; starts a site of its own. Everything runs on this machine, so the difference says more than the figures.
"""

import argparse
import os
import tempfile
import time

from playwright.sync_api import sync_playwright

from benchmarks.media import MARK, MOVE, MOVING, cpu_seconds, processes_marked
from benchmarks.real_site import real_site
from tests.browser.media.flags import FLAGS, TAB
from tests.browser.media.people import MediaCustomer, MediaDesk
from tests.browser.people import Csr, Customers, Person
from tests.browser.site import find_chromium
from tests.browser.words import Words

WORDS = Words("en")
RUNS = '[data-recording-sign][data-state="running"]'


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=15)
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright, real_site(home) as site:
        measure(playwright.chromium, site, seconds)


def measure(chromium, site, seconds):
    viewer, sharer = (
        chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *flags]) for flags in ([], [TAB, MARK])
    )
    desk = share(site, sharer, viewer)
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}\n")
    print("| recording | sharer's CPU | server's CPU | uploaded |\n| --- | --- | --- | --- |")
    row("no", site, seconds)
    desk.tab("Tools")
    desk.button("Recording").click()
    desk.button("Start recording").click()
    desk.page.wait_for_selector(RUNS)
    row("yes", site, seconds)
    desk.button("Pause recording").click()
    desk.page.wait_for_selector('[data-recording-sign][data-state="paused"]')
    row("paused", site, seconds)
    for process in (viewer, sharer):
        process.close()


def share(site, sharer, viewer):
    """Bilal's desktop, which Carol watches."""
    csr = Csr(context_of(sharer), site, WORDS, "bilal")
    csr.sign_in()
    desk = MediaDesk.of(csr.start())
    person = Person(context_of(viewer), site, WORDS)
    carol = MediaCustomer.of(Customers(lambda: person).join(desk.number, "Carol"))
    carol.is_live()
    work = desk.page.context.new_page()
    work.set_content(MOVING)
    work.evaluate(MOVE)
    desk.page.bring_to_front()
    desk.shares_desktop()
    carol.page.wait_for_selector("[data-tile] video")
    return desk


def context_of(process):
    return process.new_context(permissions=["camera", "microphone"], viewport={"width": 1920, "height": 1080})


def row(name, site, seconds):
    sharer, server = processes_marked(MARK), [site.process.pid]
    before = cpu_seconds(sharer), cpu_seconds(server), uploaded(site)
    time.sleep(seconds)
    after = cpu_seconds(sharer), cpu_seconds(server), uploaded(site)
    sharers, servers, sent = ((now - was) / seconds for now, was in zip(after, before, strict=True))
    rate = sent * 8 / 1e6
    print(f"| {name} | {sharers * 100:.0f} % of a core | {servers * 100:.1f} % | {rate:.2f} Mbit/s |", flush=True)


def uploaded(site):
    return sum(path.stat().st_size for path in (site.data_dir / "parts").rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
