"""A real clamd, where one is installed, with one signature of our own: all that it needs to say yes and no."""

import subprocess
import time

from tests.browser.media.programs import need
from tests.services import free_port

# What the signature below finds: a file of just these bytes.
BAD = b"this is what the test calls a virus"
CONFIGURATION = """
Foreground yes
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
LogTime no
StreamMaxLength 4M
"""


class Clamd:
    def __init__(self, folder):
        self.port = free_port()
        self.url = f"tcp://127.0.0.1:{self.port}"
        (folder / "signatures").mkdir()
        (folder / "signatures" / "ours.ndb").write_text(f"Test.Virus:0:*:{BAD.hex()}\n")
        settings = folder / "clamd.conf"
        settings.write_text(CONFIGURATION.format(port=self.port, folder=folder))
        self._process = subprocess.Popen(
            [need("clamd", package="clamav-daemon"), "-c", settings],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def is_ready(self, answers):
        """Wait until `answers()` no longer raises OSError."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return answers()
            except OSError:
                assert self._process.poll() is None, self._process.stdout.read()
                assert time.monotonic() < deadline, "clamd did not begin to listen in time"
                time.sleep(0.1)

    def stop(self):
        self._process.kill()
        self._process.wait()
