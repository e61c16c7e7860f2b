#!/usr/bin/env bash
# Both sides begin at once, one with its microphone and one with its camera; the polite side gives way. And then?
#
# Guessed: that is what perfect negotiation is for. The polite side's offer is rolled back, it answers, and then offers its own
# stream as if nothing had happened.
# Really:  it answers, and from then on cannot offer any more: setLocalDescription() fails with InvalidAccessError, "A BUNDLE
# group contains a codec collision for header extension id=1", since its video got the number of a header extension in the offer
# that was rolled back, and the audio of the other side has the same number for another one. Adding further tracks does not
# help. With the same kind of stream on both sides nothing of the sort happens.
# Matters: two people who press "Call" and "Camera" in the same second of a new connection: one of them is not seen until the
# connection is made again. Give the first offer to one fixed side, or discard the connection at this error.
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

LOOK = """async () => {
  const meet = async (politeKind) => {
    const impolite = new RTCPeerConnection(), polite = new RTCPeerConnection();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const track = (kind) => stream.getTracks().find((each) => each.kind === kind);
    impolite.addTrack(track("audio"), stream);
    polite.addTrack(track(politeKind), stream);
    await impolite.setLocalDescription();
    await polite.setLocalDescription();
    await polite.setRemoteDescription(impolite.localDescription);
    await polite.setLocalDescription();
    await impolite.setRemoteDescription(polite.localDescription);
    const offers = () => polite.setLocalDescription().then(() => "offers", ({ name }) => name);
    const first = await offers();
    if (first !== "offers") polite.addTransceiver("audio");
    return `audio meets ${politeKind}: ${first}${first === "offers" ? "" : `, with one more track: ${await offers()}`}`;
  };
  return [await meet("audio"), await meet("video")];
}"""


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html>")

    def log_message(self, *_words):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=sys.argv[1], args=["--no-sandbox", "--use-fake-device-for-media-stream"]
    )
    page = browser.new_context(permissions=["camera", "microphone"]).new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    seen = page.evaluate(LOOK)
    print("Chromium", browser.version)
    for line in seen:
        print(line)
    browser.close()
sys.exit(not (seen == ["audio meets audio: offers",
             "audio meets video: InvalidAccessError, with one more track: InvalidAccessError"]))
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$browser" && echo "As seen." || { echo "CHANGED: not what was seen any more."; exit 1; }
