#!/usr/bin/env bash
# A node that was moved into a popup or a Picture-in-Picture window: whose Element is it?
#
# Guessed: the page's that made it. It was created there, it was moved by append(), and the page's own listener looks at it.
# Really:  it depends on which window touched it first. Where no script of the page has touched the node before it is moved
# (it came with the HTML or by innerHTML), or the browser has collected its object since, the next touch makes a new one, of
# the window in which the node is by then. A press of a real mouse is such a touch: in the page's listener on the moved
# element, event.target instanceof Element is false, and stays so. A node that a variable of the page holds stays the page's.
# In a popup a press makes it the page's, but a look-up by the popup's document (popup.document.querySelector) does not.
# Matters: a toolbar that is floated out of the page works until somebody presses in it; then code that asks "instanceof
# Element" (a morphing library, a delegated click handler) passes over the node without an error. Ask nodeType, or
# node.ownerDocument.defaultView.Element.
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

from playwright.sync_api import sync_playwright

PAGE = b"<!doctype html><body><div id=toolbar style='inline-size:9rem;block-size:9rem'><p>word</p></div>"
FLOAT = """async ([held, floating]) => {
  window.pressed = [];
  window.toolbar = document.getElementById("toolbar");
  if (held) window.paragraph = toolbar.querySelector("p");
  const features = { width: 300, height: 200 };
  const other = floating ? await documentPictureInPicture.requestWindow(features) : open("", "", "popup,width=300,height=200");
  window.whose = (node) => node instanceof Element ? "ours" : node instanceof other.Element ? "theirs" : "?";
  toolbar.addEventListener("click", ({ target }) => pressed.push(whose(target)));
  other.document.body.append(toolbar);
  window.other = other;
}"""
# Picture-in-Picture or a popup; whether a variable keeps the node; what a press then finds, and what a look-up there.
SEEN = [(True, True, "ours", "ours"), (True, False, "theirs", "theirs"), (False, True, "ours", "ours"),
        (False, False, None, "theirs")]


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_words):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
changed = False
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    print("Chromium", browser.version)
    for floating, held, *seen in SEEN:
        context = browser.new_context(no_viewport=True)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        with context.expect_page() as opened:
            page.evaluate(FLOAT, [held, floating])
        pressed = None
        if seen[0]:
            opened.value.mouse.click(20, 30)
            page.wait_for_function("pressed.length")
            pressed = page.evaluate("pressed[0]")
        looked_up = page.evaluate("whose(other.document.querySelector('p'))")
        changed = changed or [pressed, looked_up] != seen
        window, how = "Picture-in-Picture" if floating else "popup", "kept in a variable" if held else "not touched before"
        print(f"{window:20} {how:20} pressed: {pressed or '-':8} looked up there: {looked_up}")
        context.close()
    browser.close()
sys.exit(changed)
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$browser" && echo "As seen." || { echo "CHANGED: not what was seen any more."; exit 1; }
