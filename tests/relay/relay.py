"""The relay as it is shipped, started by its own script, with whichever coturn a test is about."""

import os
import re
import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from sessions_app.rules.ice import IceSettings, turn_credentials
from supportcenter.relay_client import RelayClient
from supportcenter.relay_urls import parse
from tests.browser.media.programs import need
from tests.services import free_port
from tests.source import ROOT

START = ROOT / "deploy/coturn/start.sh"
SECRET = "k3Jx9-Qw7_ZpLm2VtRb8NcYd5HsFg4Ae"
HOST = "relay.test"
PATIENCE = 20


def relay_environment(home, **settings):
    return {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(home),
        "TURN_SECRET": SECRET,
        "TURN_EXTERNAL_IP": "8.8.4.4",
        "TURN_HOST": HOST,
        "TURN_CERTIFICATES": str(home / "caddy"),
        "TURN_LOOK_SECONDS": "0.2",
        **settings,
    }


class Relay:
    """On the loopback addresses, on ports that are free. `program` is a coturn that is not the installed one."""

    def __init__(self, home, *more, program=None, tls=True, loopback=True, **settings):
        self.port, self.tls_port = free_port(), free_port()
        self.log = home / "relay.log"
        ours = [f"--listening-port={self.port}"]
        ours += ["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1"] if loopback else ["--listening-ip=127.0.0.1"]
        ours += [f"--tls-listening-port={self.tls_port}"] if tls else []
        environment = relay_environment(home, **settings)
        if program is None:
            need("turnserver", package="coturn")
        else:
            environment["PATH"] = f"{program.parent}:{environment['PATH']}"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["sh", START, *ours, *more], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.wait_for(self.port)
        self._wait_until_bound()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stop()

    def wait_for(self, port):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                return socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the relay does not listen: {self.said()}")

    def _wait_until_bound(self):
        """It listens over TCP a moment before it does over UDP."""
        bound, until = f"0100007F:{self.port:04X} ", time.monotonic() + PATIENCE
        while bound not in Path("/proc/net/udp").read_text():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)

    def wait_for_udp(self, host):
        """It listens over TCP on one address before it does over UDP on all."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with self.client(host=host, who="first") as client:
                    return client.allocate()
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the relay does not listen: {self.said()}")

    def client(self, transport="udp", who="participant.7", *, host="127.0.0.1", seconds=600, secret=SECRET, **options):
        settings = IceSettings([], [], secret, seconds, relay_only=True)
        credentials = turn_credentials(who, now=datetime.now(UTC), settings=settings)
        return RelayClient(parse(self.url(transport, host)), *credentials.values(), **options)

    def url(self, transport, host="127.0.0.1"):
        if transport == "tls":
            return f"turns:{host}:{self.tls_port}?transport=tcp"
        return f"turn:{host}:{self.port}?transport={transport}"

    def said(self):
        return self.log.read_text()

    def complaints(self):
        """Of coturn itself."""
        return re.findall(r"(?im)^(?!relay: ).*(?:warning|error|bad config|deprecated|cannot ).*$", self.said())

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE)


class Certificates:
    """What Caddy keeps for one host: made by a little authority of our own, which `trusted` names."""

    def __init__(self, home):
        need("openssl", package="openssl")
        self.home = home
        self.kept = home / "caddy/caddy/certificates/some-authority" / HOST
        self.kept.mkdir(parents=True)
        self.trusted = home / "authority.crt"
        self._openssl(
            "req", "-x509", *self._new_key(home / "authority.key"), "-out", self.trusted, "-subj", "/CN=Authority"
        )

    def issue(self, names=f"DNS:{HOST},IP:127.0.0.1", *, days="2"):
        request, extensions, made = (self.home / name for name in ("request", "extensions", "made.crt"))
        extensions.write_text(f"subjectAltName={names}\n")
        self._openssl("req", *self._new_key(self.home / "made.key"), "-out", request, "-subj", f"/CN={HOST}")
        self._openssl(
            *("x509", "-req", "-in", request, "-extfile", extensions, "-out", made, "-days", days),
            *("-CA", self.trusted, "-CAkey", self.home / "authority.key", "-CAcreateserial"),
        )
        shutil.move(self.home / "made.key", self.kept / f"{HOST}.key")
        shutil.move(made, self.kept / f"{HOST}.crt")

    def _new_key(self, path):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path]

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)
