#!/usr/bin/env bash
# A remote track says nothing of its end: not when its source stops, not when the other browser is gone.
#
# Guessed: where no more media arrive, the remote track fires "mute" within a second or two (the words of the WebRTC
# specification suggest it), and "ended" at the latest when the connection has failed.
# Really:  neither. The sender stops its microphone and camera, then sends nothing at all (replaceTrack(null)), then closes
# its connection: for the receiver both tracks stay "live" and unmuted all the way. It hears of the closed connection by the
# connection's state alone: "disconnected" after about 7 s, "failed" 10 s later, and the tracks are "live" even then.
# Matters: "nobody is heard" cannot be asked of the track. A microphone that was unplugged has to be told by the sender's
# page in words of its own, and a participant who is gone by the signalling, not by the picture that stands still.
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

CALL = """async () => {
  const caller = new RTCPeerConnection(), receiver = new RTCPeerConnection();
  caller.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => candidate && caller.addIceCandidate(candidate);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  const senders = stream.getTracks().map((track) => caller.addTrack(track, stream));
  const tracks = [], heard = [], told = [];
  receiver.ontrack = ({ track }) => {
    tracks.push(track);
    for (const name of ["mute", "ended"]) track.addEventListener(name, () => heard.push(`${track.kind} ${name}`));
  };
  const connected = new Promise((done) => {
    receiver.addEventListener("connectionstatechange", () => receiver.connectionState === "connected" && done());
  });
  await caller.setLocalDescription();
  await receiver.setRemoteDescription(caller.localDescription);
  await receiver.setLocalDescription();
  await caller.setRemoteDescription(receiver.localDescription);
  await connected;
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const look = (when) => told.push(`${when}: ${tracks.map((track) =>
    `${track.kind} ${track.readyState}${track.muted ? " muted" : ""}`).join(", ")}; ${receiver.connectionState}`);
  await pause(2);
  look("call");
  for (const track of stream.getTracks()) track.stop();
  await pause(6);
  look("stopped");
  await Promise.all(senders.map((sender) => sender.replaceTrack(null)));
  await pause(6);
  look("replaced by null");
  const failed = new Promise((done) => {
    receiver.addEventListener("connectionstatechange", () => receiver.connectionState === "failed" && done());
  });
  caller.close();
  await Promise.race([failed, pause(60)]);
  await pause(3);
  look("closed");
  return [told, heard];
}"""
ALIVE = "audio live, video live"
SEEN = [[f"call: {ALIVE}; connected", f"stopped: {ALIVE}; connected", f"replaced by null: {ALIVE}; connected",
         f"closed: {ALIVE}; failed"], []]


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
    told, heard = page.evaluate(CALL)
    print("Chromium", browser.version, *told, f"events of the tracks: {heard}", sep="\n")
    browser.close()
sys.exit([told, heard] != SEEN)
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$browser" && echo "As seen." || { echo "CHANGED: not what was seen any more."; exit 1; }
