"""An object storage in a process of its own, which speaks S3 over the network: `python -m tests.object_store PORT`."""

import os
import subprocess
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.environment import ROOT
from tests.services import free_port

PATIENCE = 60
BUCKET = "support"


class ObjectStore:
    """Start, stop and start again at the same port: what was in it is gone then, since it keeps all in memory."""

    def __init__(self):
        self.port = free_port()
        self.url = f"s3+http://key:secret@127.0.0.1:{self.port}/{BUCKET}?prefix=site"

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self.stop()

    def start(self):
        command = [sys.executable, "-m", "tests.object_store", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ, **quiet)
        deadline = time.monotonic() + PATIENCE
        while not self._has_bucket():
            assert self.process.poll() is None, "it ended instead of serving"
            assert time.monotonic() < deadline, "it does not answer"
            time.sleep(0.05)
        return self

    def stop(self):
        self.process.kill()
        self.process.wait(PATIENCE)

    def remove_bucket(self):
        """It answers, and refuses: by hand somebody emptied the account."""
        self.ask("DELETE", f"/{BUCKET}")

    def ask(self, method, path):
        with urlopen(Request(f"http://127.0.0.1:{self.port}{path}", method=method), timeout=PATIENCE) as answer:
            return answer.read()

    @property
    def keys(self):
        """The names of all that it has."""
        listed = self.ask("GET", f"/{BUCKET}?list-type=2").decode()
        return [each.partition("</Key>")[0] for each in listed.split("<Key>")[1:]]

    def _has_bucket(self):
        try:
            self.ask("PUT", f"/{BUCKET}")
        except HTTPError:
            raise
        except (URLError, ConnectionError):
            return False
        return True


def main(port):
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    server._thread.join()


if __name__ == "__main__":
    main(int(sys.argv[1]))
