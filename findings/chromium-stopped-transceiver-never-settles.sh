#!/usr/bin/env bash
# A track that is taken back before the offer about it was made: how often must one negotiate?
#
# Guessed: once at most. addTransceiver() asks for a negotiation; transceiver.stop() in the same breath makes it pointless, so
# that either nothing is asked for or one round sees the transceiver off.
# Really:  "negotiationneeded" fires again after each completed round, without end: the transceiver is never part of an offer
# (its currentDirection stays null, it stays in getTransceivers()), and so is never seen off. Both sides are "stable" all the
# time and nothing fails. Here the look gives up after 200 rounds, some two seconds.
# Matters: whoever withdraws a share in the moment it begins sets off a flood of offers on the signalling channel and keeps two
# processors busy. Set direction = "inactive" until it was agreed on once, and stop() it then.
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
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const rounds = async (withdraw) => {
    const caller = new RTCPeerConnection(), receiver = new RTCPeerConnection();
    caller.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
    receiver.onicecandidate = ({ candidate }) => candidate && caller.addIceCandidate(candidate);
    let asked = 0;
    caller.onnegotiationneeded = async () => {
      asked += 1;
      if (asked > 200) return;
      await caller.setLocalDescription();
      await receiver.setRemoteDescription(caller.localDescription);
      await receiver.setLocalDescription();
      await caller.setRemoteDescription(receiver.localDescription);
    };
    caller.createDataChannel("first");
    await pause(1);
    asked = 0;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const transceiver = caller.addTransceiver(stream.getAudioTracks()[0], { streams: [stream] });
    withdraw(transceiver);
    await pause(5);
    const told = `${asked > 200 ? "more than 200" : asked} rounds, ${caller.signalingState}, direction ${transceiver.currentDirection}`;
    caller.close();
    receiver.close();
    return told;
  };
  return [
    `stopped at once: ${await rounds((transceiver) => transceiver.stop())}`,
    `made inactive at once: ${await rounds((transceiver) => (transceiver.direction = "inactive"))}`,
  ];
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
sys.exit(not (seen == ["stopped at once: more than 200 rounds, stable, direction null",
             "made inactive at once: 1 rounds, stable, direction inactive"]))
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$browser" && echo "As seen." || { echo "CHANGED: not what was seen any more."; exit 1; }
