#!/usr/bin/env bash
# A file name that keeps its direction does not survive the download.
#
# Guessed: a server that puts a number between directional isolates (U+2068 … U+2069) into the name of a download, so that
# it reads rightly in an Arabic file list, gets them kept, or at worst left out.
# Really:  Chromium writes an underscore for each of them; for U+200E, U+202A and U+061C too. "⁨482 913 605⁩.txt" is
# saved as "_482 913 605_.txt". The very same characters in <title> stay as they are.
# Matters: direction marks help in a title, a subject or a CSV cell, and spoil a file name: put the number where no
# neighbour can reorder it (a name of digits and Latin letters alone) instead.
# Seen with Chromium 156.0.8078.108 (Debian 12), driven by playwright 1.65.2.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)} || { echo "No Chromium: apt-get install chromium"; exit 2; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check playwright==1.65.2
cat > "$folder/look.py" <<'PYTHON'
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from playwright.sync_api import sync_playwright

NAMES = ["\u2068482 913 605\u2069.txt", "\u200e482.txt", "a\u202ab.txt", "a\u061cb.txt"]
SAVED = ["_482 913 605_.txt", "_482.txt", "a_b.txt", "a_b.txt"]
TITLE = "\u2068482 913 605\u2069"


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        which = self.path.strip("/")
        if which.isdigit():
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(NAMES[int(which)])}")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>{TITLE}</title>".encode())

    def log_message(self, *_words):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/page")
    title, saved = page.title(), []
    for number in range(len(NAMES)):
        with page.expect_download() as download:
            page.evaluate("(number) => void (location.href = `/${number}`)", number)
        saved.append(download.value.suggested_filename)
    print("Chromium", browser.version)
    for name, kept in zip(NAMES, saved, strict=True):
        print(f"{name!a:40} saved as {kept!a}")
    print(f"title {title!a}")
    browser.close()
sys.exit(saved != SAVED or title != TITLE)
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$browser" && echo "As seen." || { echo "CHANGED: not what was seen any more."; exit 1; }
