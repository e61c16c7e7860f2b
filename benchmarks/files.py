"""Files between real browsers, both ways, beside what the bare techniques do; and the server's memory. One table.

    python -m benchmarks.files [--mebibytes 100] [--large 1024]

Both browsers, the site and whatever else runs share this machine. `--large` goes through the server while its memory is
watched. Needs Chromium; starts a site of its own.
"""

import argparse
import os
import sqlite3
import tempfile
import threading
from contextlib import closing
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from benchmarks.machine import busy, memory
from benchmarks.real_site import real_site
from tests.browser.media.test_files import STRICT, Side
from tests.browser.people import Csr, Customers, Person
from tests.browser.site import find_chromium
from tests.browser.words import Words

WORDS = Words("en")
MEBIBYTE = 1024 * 1024
# Seconds
PATIENCE = 1800
# Two connections of one page, frames and water marks as ours, nothing read from a disk, checked or written.
BARE_CHANNEL = """async (size) => {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  for (const [one, other] of [[near, far], [far, near]])
    one.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
  const channel = near.createDataChannel("bare");
  channel.bufferedAmountLowThreshold = 1 << 20;
  const got = new Promise((done) => (far.ondatachannel = ({ channel }) => {
    let bytes = 0;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }) => (bytes += data.byteLength) >= size && done();
  }));
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
  await new Promise((open) => (channel.onopen = open));
  const frame = new ArrayBuffer(64 * 1024), began = performance.now();
  for (let sent = 0; sent < size; sent += frame.byteLength) {
    if (channel.bufferedAmount > 4 << 20) await new Promise((low) => (channel.onbufferedamountlow = low));
    channel.send(frame);
  }
  await got;
  return (performance.now() - began) / 1000;
}"""
TIMES = "SELECT at FROM live_event WHERE type IN ('file.started', 'file.finished') ORDER BY id DESC LIMIT 2"
BARE_UPLOAD = """async (size) => {
  const body = new Blob([new Uint8Array(size)]), began = performance.now();
  await fetch("/", { method: "POST", body });
  return (performance.now() - began) / 1000;
}"""


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--mebibytes", type=int, default=100)
    options.add_argument("--large", type=int, default=1024)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        with real_site(Path(home)) as site:
            flags = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
            Benchmark(browser, site, Path(home)).run(chosen.mebibytes, chosen.large)
            browser.close()


class Benchmark:
    def __init__(self, browser, site, home):
        self._browser, self._site, self._home = browser, site, home
        csr = Csr(browser.new_context(), site, WORDS, "bilal")
        csr.sign_in()
        self._desk = csr.start()

    def run(self, size, large):
        print(f"{os.cpu_count()} cores, load before: {busy():.1f}\n")
        print("| way | MiB | MiB/s | server's memory |")
        print("| --- | --- | --- | --- |")
        self._row("bare data channel", size, self._bare_channel(size))
        self._row("directly", size, self._ours(size, "direct"))
        self._row("bare HTTP upload", size, self._bare_upload(size))
        self._row("through the server", size, self._ours(size, "server", STRICT))
        with Watched(self._site.process.pid) as watched:
            seconds = self._ours(large, "server", STRICT)
        self._row("through the server", large, seconds, f"{watched.before:.0f} → {watched.most:.0f} MiB at most")

    def _row(self, way, size, seconds, remark=""):
        print(f"| {way} | {size} | {size / seconds:.0f} | {remark} |", flush=True)

    def _ours(self, size, way, *scripts):
        """From the start of this way to its end, everything checked and kept, by the session's own log."""
        context = self._browser.new_context()
        for script in scripts:
            context.add_init_script(script)
        carol = Customers(lambda: Person(context, self._site, WORDS)).join(self._desk.number, f"Carol {size} {way}")
        carol.is_live()
        file = self._home / "file.bin"
        with file.open("wb") as empty:
            empty.truncate(size * MEBIBYTE)
        sender, receiver = Side(carol), Side(self._desk)
        lines = self._desk.page.locator(f'[data-chat-file][data-way="{way}"]')
        before = lines.count()
        sender.sends(file)
        receiver.accepts()
        expect(lines).to_have_count(before + 1)
        context.close()
        return self._seconds_in_the_log()

    def _seconds_in_the_log(self):
        with closing(sqlite3.connect(self._site.data_dir / "support.sqlite3")) as database:
            (ended,), (began,) = database.execute(TIMES)
        return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()

    def _bare_channel(self, size):
        context = self._browser.new_context()
        page = context.new_page()
        page.goto(self._site.url)
        seconds = page.evaluate(BARE_CHANNEL, size * MEBIBYTE)
        context.close()
        return seconds

    def _bare_upload(self, size):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = self._browser.new_context()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        seconds = page.evaluate(BARE_UPLOAD, size * MEBIBYTE)
        context.close()
        server.shutdown()
        return seconds


class Sink(BaseHTTPRequestHandler):
    """Takes everything and keeps nothing."""

    def do_GET(self):
        self._answer()

    def do_POST(self):
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, MEBIBYTE)))
        self._answer()

    def _answer(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Watched:
    """The most memory that a process takes meanwhile, in MiB."""

    def __init__(self, pid):
        self._pid, self._is_over = pid, threading.Event()
        self.before = self.most = memory(pid) / MEBIBYTE

    def __enter__(self):
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *error):
        self._is_over.set()

    def _watch(self):
        while not self._is_over.wait(0.1):
            self.most = max(self.most, memory(self._pid) / MEBIBYTE)


if __name__ == "__main__":
    main()
