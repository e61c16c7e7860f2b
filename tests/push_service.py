"""A push service, and browsers that subscribe to it: what a site sends is kept, and read as the browser would."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from supportcenter.accounts.actions.push import subscribe
from supportcenter.accounts.push.keys import public_key
from supportcenter.accounts.session_store import SessionStore

DAY = 24 * 3600


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """A browser: its own keys, and an address at the push service."""

    def __init__(self, service, name="phone"):
        self.service, self.path = service, f"/send/{name}"
        self.endpoint = service.origin + self.path
        self._key, self._secret = ec.generate_private_key(ec.SECP256R1()), name.encode()[:16].ljust(16, b"-")
        self.auth = encoded(self._secret)
        self.p256dh = encoded(
            self._key.public_key().public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
        )

    @property
    def fields(self):
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}

    @property
    def got(self):
        """What has come for it, read with its keys."""
        bodies = [body for path, _headers, body in self.service.taken if path == self.path]
        return [json.loads(http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret)) for body in bodies]

    @property
    def headers(self):
        return [headers for path, headers, _body in self.service.taken if path == self.path]


def sign_in(user):
    """The key of a new sign-in, as signing in makes one."""
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "supportcenter.accounts.sign_in.SignIn"
    store.create()
    return store.session_key


def device_of(user, service, *, language="en"):
    """A device on which they are signed in, and that takes what is pushed."""
    device = Device(service, f"device-of-{user.pk}-{language}")
    subscribe(**device.fields, language=language, sign_in=sign_in(user), by=user)
    return device


class PushService:
    """Answers with `status`, and keeps what it took with it. `asked` counts what came, whatever the answer.

    While it `breaks`, it hangs up without one. With `only_for` it refuses what another key has signed.
    """

    def __init__(self):
        self.taken, self.asked, self.status, self.more, self.breaks = [], 0, 201, {}, False
        self.only_for = ""
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.asked += 1
                if service.breaks:
                    return
                status = service.status if self.headers["Authorization"].endswith(service.only_for) else 403
                if status < 300:
                    service.taken.append((self.path, dict(self.headers), body))
                self.send_response(status)
                for name, value in {"Content-Length": "0", **service.more}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def claims_of(headers, key=None):
    """What the site says of itself; its signature is checked, with the key that the browser has subscribed with."""
    scheme, _, values = headers["Authorization"].partition(" ")
    assert scheme == "vapid"
    given = dict(each.strip().split("=", 1) for each in values.split(","))
    assert given["k"] == (key or public_key())
    head, body, signature = given["t"].split(".")
    raw = decoded(signature)
    both = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(given["k"]))
    point.verify(both, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    claims = json.loads(decoded(body))
    assert json.loads(decoded(head))["alg"] == "ES256"
    assert time.time() < claims["exp"] <= time.time() + DAY
    return claims
