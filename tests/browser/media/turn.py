"""coturn on this machine, with the secret that the site signs credentials with."""

import socket
import subprocess
import time

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
stale-nonce=600
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
    def __init__(self, home, secret="a shared secret", configuration="allow-loopback-peers"):
        self.secret, self.port = secret, free_port()
        self._log = (home / "turn.log").open("w+")
        file = home / "turn.conf"
        file.write_text(CONFIGURATION.format(port=self.port, secret=secret, home=home) + configuration)
        program = need("turnserver", package="coturn")
        self._process = subprocess.Popen([program, "-c", file], stdout=self._log, stderr=subprocess.STDOUT)
        self._wait()

    def url(self, transport):
        return f"turn:127.0.0.1:{self.port}?transport={transport}"

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=10)
        self._log.close()

    def _wait(self):
        for _attempt in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("coturn does not listen")
