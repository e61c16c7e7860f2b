"""coturn on this machine, with the secret that the site signs credentials with."""

import socket
import subprocess
import time
from datetime import UTC, datetime

from sessions_app.rules.ice import IceSettings, turn_credentials
from supportcenter.relay_client import RelayClient
from supportcenter.relay_urls import parse
from tests.browser.media.programs import need
from tests.services import free_port

# On one machine relay and peers share the loopback address, so tests of calls add `allow-loopback-peers`, which a real
# relay must never have.
CONFIGURATION = """
listening-ip=127.0.0.1
relay-ip=127.0.0.1
listening-port={port}
min-port=51000
max-port=51399
realm=support.test
use-auth-secret
static-auth-secret={secret}
fingerprint
no-cli
no-tls
no-dtls
no-multicast-peers
log-file=stdout
simple-log
pidfile={home}/turn.pid
userdb={home}/turndb
"""


class Turn:
    """Runs with `configuration` beside what every test needs."""

    def __init__(self, home, secret="a shared secret of more than 32 characters", configuration="allow-loopback-peers"):
        self.secret, self.port = secret, free_port()
        self.log = home / "turn.log"
        file = home / "turn.conf"
        file.write_text(CONFIGURATION.format(port=self.port, secret=secret, home=home) + configuration)
        program = need("turnserver", package="coturn")
        with self.log.open("w") as log:
            self._process = subprocess.Popen([program, "-c", file], stdout=log, stderr=subprocess.STDOUT)
        self._wait()

    def credentials(self, who="participant.7", *, seconds=600):
        settings = IceSettings([], [], self.secret, seconds, relay_only=True)
        return turn_credentials(who, now=datetime.now(UTC), settings=settings)

    def url(self, transport):
        return f"turn:127.0.0.1:{self.port}?transport={transport}"

    def client(self, server):
        """A browser without a browser, with the credential that it was given."""
        return RelayClient(parse(self.url("udp")), server["username"], server["credential"])

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=10)

    def _wait(self):
        for _attempt in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("coturn does not listen")
