#!/usr/bin/env bash
# A voice from another browser is silence to Web Audio and to a recorder, until some media element has begun to play it.
#
# Guessed: a remote track is sound as soon as packets arrive. Web Audio (a meter, a mix of voices) hears it whatever the page
# does with it, a MediaRecorder writes it down, and an <audio> element is only for people's ears.
# Really:  packets arrive and are counted, but nothing unpacks them: the connection's statistics say 0 samples received, an
# analyser sees zeros, and a MediaRecorder of the same stream writes not one byte in two seconds, without an error. Once an
# <audio> element has begun to play the stream, muted and in no document, the analyser sees the tone, and goes on doing so when
# that element is paused. Only taking its stream away makes all of it silent again.
# Matters: who records or measures voices has to give each of them to an element, also those that nobody shall hear, and may
# pause it then, but must not let go of its stream while a recording is under way. "Packets arrive" proves no sound.
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
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const near = new AudioContext(), tone = near.createOscillator(), microphone = near.createMediaStreamDestination();
  tone.connect(microphone);
  tone.start();
  const caller = new RTCPeerConnection(), receiver = new RTCPeerConnection();
  caller.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => candidate && caller.addIceCandidate(candidate);
  caller.addTrack(microphone.stream.getTracks()[0], microphone.stream);
  const came = new Promise((done) => receiver.addEventListener("track", ({ track }) => done(track)));
  await caller.setLocalDescription();
  await receiver.setRemoteDescription(caller.localDescription);
  await receiver.setLocalDescription();
  await caller.setRemoteDescription(receiver.localDescription);
  const voice = new MediaStream([await came]);

  const far = new AudioContext(), meter = far.createAnalyser(), told = {};
  far.createMediaStreamSource(voice).connect(meter);
  const isHeard = async () => {
    const wave = new Float32Array(meter.fftSize);
    await pause(1);
    for (let look = 0; look < 20; look += 1) {
      meter.getFloatTimeDomainData(wave);
      if (wave.some((sample) => Math.abs(sample) > 0.1)) return true;
      await pause(0.05);
    }
    return false;
  };
  await pause(1);
  told["alone"] = await isHeard();
  const [counted] = [...(await receiver.getStats()).values()].filter(({ type }) => type === "inbound-rtp");
  told["packets arrive"] = counted.packetsReceived > 20;
  told["samples"] = counted.totalSamplesReceived;

  const recorder = new MediaRecorder(voice);
  let bytes = 0, faults = 0;
  recorder.addEventListener("dataavailable", ({ data }) => (bytes += data.size));
  recorder.addEventListener("error", () => (faults += 1));
  recorder.start(200);
  await pause(2);
  told["bytes recorded"] = bytes;
  told["errors of the recorder"] = faults;

  const element = new Audio();
  element.srcObject = voice;
  element.muted = true;
  await element.play();
  told["played unheard"] = await isHeard();
  told["recorded then"] = bytes > 0;
  element.pause();
  told["paused"] = await isHeard();
  await element.play();
  told["played again"] = await isHeard();
  element.srcObject = null;
  told["taken away"] = await isHeard();
  return told;
}"""
SEEN = {
    "alone": False, "packets arrive": True, "samples": 0, "bytes recorded": 0, "errors of the recorder": 0,
    "played unheard": True, "recorded then": True, "paused": True, "played again": True, "taken away": False,
}


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
        executable_path=sys.argv[1], args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    )
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    told = page.evaluate(CALL)
    print("Chromium", browser.version, *(f"{what}: {found}" for what, found in told.items()), sep="\n")
    browser.close()
sys.exit(told != SEEN)
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$browser" && echo "As seen." || { echo "CHANGED: not what was seen any more."; exit 1; }
