"""Live media between real browsers: how soon, how late, how much. One table.

    python -m benchmarks.media [--seconds 8] [--viewers 1,3,5]

Everything runs on this machine, viewers included, so what one more viewer costs shows better than what a sharer alone
would need. Needs Chromium; starts a site of its own.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.real_site import real_site
from tests.browser.media.flags import FLAGS, TAB
from tests.browser.media.people import MediaCustomer, MediaDesk, until
from tests.browser.people import Csr, Customers, Person
from tests.browser.site import find_chromium
from tests.browser.words import Words

WORDS = Words("en")
MARK = "--benchmark-sharer"
# A page that moves everywhere, as a scrolled document does, under a lamp that is switched.
MOVING = """<!doctype html><title>WORKTAB</title>
<body style="margin:0;overflow:hidden;background:#fff;font:22px monospace">
<div id=text style="position:absolute;inset:120px 0 0 0;columns:4"></div>
<div id=lamp style="position:absolute;inset:0 0 auto 0;height:120px;background:#000"></div>"""
MOVE = """() => {
  text.textContent = Array.from({length: 4000}, (_, n) => n.toString(36)).join(" ");
  let at = 0;
  const step = () => { text.style.transform = `translateY(${-(at = (at + 3) % 600)}px)`; requestAnimationFrame(step); };
  step();
}"""
# At the viewer: when the lamp in the upper middle of the picture turned light or dark.
LOOK = """() => {
  const video = document.querySelector("[data-tile] video"), canvas = new OffscreenCanvas(1, 1);
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  window.turns = [];
  let was = null;
  const look = () => {
    brush.drawImage(video, video.videoWidth / 2, video.videoHeight * 0.04, 1, 1, 0, 0, 1, 1);
    const light = brush.getImageData(0, 0, 1, 1).data[0] > 128;
    if (was !== null && light !== was) turns.push(Date.now());
    was = light;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}"""
FIRST_FRAME = """() => {
  const seen = (video) => video.requestVideoFrameCallback(() => { window.firstFrame ??= Date.now(); });
  new MutationObserver((_, watching) => {
    const video = document.querySelector("[data-tile] video");
    if (video) { watching.disconnect(); seen(video); }
  }).observe(document.body, { childList: true, subtree: true });
}"""
PRESSED = """() => document.addEventListener("click", (event) => {
  if (event.target.closest("[data-allow]")) window.pressed = Date.now();
}, { capture: true })"""
OBSERVE = """window.connections = []; window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...options) { super(...options); connections.push(this); } };"""
SENT = """async () => {
  let bytes = 0, frames = 0, width = 0, height = 0, count = 0;
  for (const connection of connections) for (const report of (await connection.getStats()).values()) {
    if (report.type !== "outbound-rtp" || report.kind !== "video" || !report.frameWidth) continue;
    bytes += report.bytesSent; frames += report.framesEncoded; count += 1;
    width = report.frameWidth; height = report.frameHeight;
  }
  return { bytes, frames, width, height, count };
}"""


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--viewers", default="1,3,5")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright, real_site(home) as site:
        Benchmark(playwright, site, chosen.seconds).run([int(number) for number in chosen.viewers.split(",")])


class Benchmark:
    def __init__(self, playwright, site, seconds):
        self._chromium, self._site, self._seconds = playwright.chromium, site, seconds

    def run(self, numbers):
        print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}\n")
        print(
            "| viewers | Allow → first frame | glass to glass, median / p90 | each viewer gets | fps | sharer's CPU |"
        )
        print("| --- | --- | --- | --- | --- | --- |")
        for number in numbers:
            print(self._row(number), flush=True)

    def _row(self, number):
        viewers, sharer = self._launch(), self._launch(TAB, MARK)
        try:
            return self._measure(number, viewers, sharer)
        finally:
            viewers.close()
            sharer.close()

    def _measure(self, number, viewers, sharer):
        csr = Csr(self._context(viewers), self._site, WORDS, "bilal")
        csr.sign_in()
        desk = MediaDesk.of(csr.start())
        carol = self._join(desk, "Carol", sharer)
        for extra in range(number - 1):
            self._join(desk, f"Viewer {extra}", viewers)
        work = self._work(carol)
        desk.page.evaluate(FIRST_FRAME)
        carol.page.evaluate(PRESSED)
        desk.asks_for_desktop()
        carol.allows()
        assert until(lambda: desk.page.evaluate("window.firstFrame"), 30), "no picture"
        first = desk.page.evaluate("firstFrame") - carol.page.evaluate("pressed")
        load = self._load(carol)
        delays = sorted(self._delays(desk, work))
        desk.end()
        print(f"  server with {number + 1} people: {load['server']:.1f} % of a core, {load['memory']:.0f} MiB")
        return (
            f"| {number} | {first} ms | {statistics.median(delays):.0f} / {delays[int(len(delays) * 0.9)]:.0f} ms "
            f"| {load['rate']:.2f} Mbit/s, {load['size']} | {load['fps']:.0f} | {load['sharer']:.0f} % of a core |"
        )

    def _delays(self, desk, work):
        """From a change on the shared page to the frame that shows it at the viewer; both clocks are this machine's."""
        desk.page.evaluate(LOOK)
        time.sleep(1)
        turned = []
        for turn in range(12):
            colour = "#fff" if turn % 2 == 0 else "#000"
            turned.append(work.evaluate("(colour) => { lamp.style.background = colour; return Date.now(); }", colour))
            until(lambda turn=turn: desk.page.evaluate("turns.length") > turn, 5, 0.05)
        return [seen - made for made, seen in zip(turned, desk.page.evaluate("turns"), strict=False)]

    def _load(self, carol):
        pids, server = processes_marked(MARK), [self._site.process.pid]
        before, began = carol.page.evaluate(SENT), time.monotonic()
        cpu = cpu_seconds(pids), cpu_seconds(server)
        time.sleep(self._seconds)
        after, took = carol.page.evaluate(SENT), time.monotonic() - began
        each = max(1, after["count"])
        return {
            "rate": (after["bytes"] - before["bytes"]) * 8 / took / each / 1e6,
            "fps": (after["frames"] - before["frames"]) / took / each,
            "size": f"{after['width']}×{after['height']}",
            "sharer": (cpu_seconds(pids) - cpu[0]) / took * 100,
            "server": (cpu_seconds(server) - cpu[1]) / took * 100,
            "memory": memory(server[0]),
        }

    def _launch(self, *flags):
        return self._chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *flags])

    def _context(self, process):
        context = process.new_context(permissions=["camera", "microphone"], viewport={"width": 1920, "height": 1080})
        context.add_init_script(OBSERVE)
        return context

    def _join(self, desk, name, process):
        person = Person(self._context(process), self._site, WORDS)
        customer = MediaCustomer.of(Customers(lambda: person).join(desk.number, name))
        customer.is_live()
        return customer

    def _work(self, carol):
        page = carol.page.context.new_page()
        page.set_content(MOVING)
        page.evaluate(MOVE)
        carol.page.bring_to_front()
        return page


def processes_marked(mark):
    """A browser's main process, known by a flag of ours, and all that descend from it."""
    parents, roots = {}, set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if mark.encode() in command and not any(word.startswith(b"--type=") for word in command):
            roots.add(int(folder.name))
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def memory(pid):
    """Resident, in MiB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
