#!/usr/bin/env bash
# Asking a paused MediaRecorder for its data: webm gives all of it, mp4 gives a header.
#
# Guessed: requestData() in a pause brings out what was recorded before it, whatever the container; that it does so is the
# remedy for the last piece that stays in the page during a pause.
# Really:  webm does (three seconds are there at once, and a few kilobytes come at stop()). In mp4, with VP9 as with H.264, 36
# bytes come, and everything else waits for stop(): fragments are closed at key frames alone, and a pause makes none.
# Matters: a recorder that is paused while a password is typed loses all since the last key frame if the page dies in the
# pause. Who must not lose it stops and begins the next file instead of pausing, or records webm.
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
  const seen = [];
  for (const type of ["video/webm;codecs=vp8,opus", "video/mp4;codecs=vp9,opus", "video/mp4;codecs=avc1.64003E,opus"]) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const recorder = new MediaRecorder(stream, { mimeType: type });
    let bytes = 0;
    recorder.ondataavailable = ({ data }) => (bytes += data.size);
    recorder.start();
    await pause(3);
    recorder.pause();
    await pause(0.5);
    const before = bytes;
    recorder.requestData();
    await pause(1.5);
    const paused = bytes - before;
    recorder.stop();
    await pause(1);
    const share = Math.round((100 * paused) / bytes);
    seen.push(`${type}: before ${before} bytes, asked for in the pause ${share} %`);
    for (const track of stream.getTracks()) track.stop();
  }
  return seen;
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
sys.exit(not ([line.split()[-2] for line in seen][1:] == ["0", "0"] and int(seen[0].split()[-2]) > 80))
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$browser" && echo "As seen." || { echo "CHANGED: not what was seen any more."; exit 1; }
