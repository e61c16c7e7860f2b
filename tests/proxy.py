"""The proxy of deploy/caddy in front of one site process: TLS by an authority of its own, on a free port."""

import os
import signal
import socket
import ssl
import subprocess
from contextlib import suppress
from http.client import HTTPSConnection

from tests.services import free_port, program
from tests.site_process import PATIENCE, wait_until
from tests.source import ROOT

HOST = "support.localhost"
# The port for plain HTTP may be taken on this machine.
NO_PLAIN_HTTP = "skip_install_trust\n\tauto_https disable_redirects"


class Proxy:
    """Its address is known before the site starts, which has to know it.

    with Proxy(folder) as proxy, SiteProcess(…, SITE_URL=proxy.url, TRUSTED_PROXIES="1") as site:
        proxy.start(site)
    """

    def __init__(self, folder):
        self._caddy = program("caddy")
        self.port = free_port()
        self.url = f"https://{HOST}:{self.port}"
        self._folder, self._process = folder, None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)

    def start(self, site):
        """In front of that site; return when it lets people through."""
        self._folder.mkdir(parents=True, exist_ok=True)
        settings = self._folder / "Caddyfile"
        text = (ROOT / "deploy" / "caddy" / "Caddyfile").read_text()
        settings.write_text(text.replace("skip_install_trust", NO_PLAIN_HTTP, 1))
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "SITE_URL": self.url,
            "WEB_UPSTREAMS": f"127.0.0.1:{site.port}",
            "CADDY_ADMIN": f"127.0.0.1:{free_port()}",
            "XDG_DATA_HOME": str(self._folder),
            "XDG_CONFIG_HOME": str(self._folder),
        }
        with (self._folder / "said").open("w") as said:
            self._process = subprocess.Popen(
                [self._caddy, "run", "--config", str(settings), "--adapter", "caddyfile"],
                env=environment,
                stdout=said,
                stderr=said,
                process_group=0,
            )
        wait_until(self._lets_through)

    def ask(self, method, path, body=None, headers=None):
        """The status and the text of the answer."""
        connection = HTTPSConnection(HOST, self.port)
        # Not every machine knows names below localhost; and none knows the proxy's authority.
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        try:
            connection.sock = ssl._create_unverified_context().wrap_socket(plain, server_hostname=HOST)
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()
            plain.close()

    def _lets_through(self):
        assert self._process.poll() is None, (self._folder / "said").read_text()
        with suppress(OSError):
            return self.ask("GET", "/livez")[0] == 200
        return False
