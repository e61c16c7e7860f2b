"""An OpenID provider for tests that says whatever they tell it to, signed with keys of its own, right or wrong."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "support"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
KEY, ANOTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class Issuer:
    """`asked` are the paths that were asked for; `told` is what an answer to each is, `hangs` lets all wait."""

    def __init__(self):
        self.asked, self.hangs = [], threading.Event()
        self.hangs.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.told = {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/auth",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "end_session_endpoint": f"{self.url}/end",
            },
            "/jwks": {"keys": [public(KEY, "one")]},
        }
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def stop(self):
        self.hangs.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def settings(self):
        return {"OIDC_URL": self.url, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": "secret", "OIDC_NAME": "Example"}

    def claims(self, **other):
        """Of a right token; None leaves one out."""
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "s1", "iat": now, "exp": now + 300, **other}
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, key=KEY, kid="one", algorithm="RS256", **claims):
        return jwt.encode(self.claims(**claims), key, algorithm=algorithm, headers={"kid": kid})

    def logout_token(self, **claims):
        right = {"jti": f"jti-{time.monotonic_ns()}", "events": {LOGOUT: {}}}
        return self.token(**{**right, **claims})

    def will_say(self, id_token):
        """To the site that brings a code."""
        self.told["/token"] = {"access_token": "access", "token_type": "Bearer", "id_token": id_token}

    def sign_in(self, client, *, key=KEY, algorithm="RS256", state=None, **claims):
        """From the button to the end, as a browser goes; the provider names these claims."""
        asked = start(client)
        self.will_say(self.token(key, algorithm=algorithm, **{"nonce": asked["nonce"], **claims}))
        return client.get("/accounts/sign-on/oidc/callback/", {"code": "code", "state": state or asked["state"]})

    def _handler(issuer):  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = urlsplit(self.path).path
                issuer.asked.append(path)
                issuer.hangs.wait(20)
                told = issuer.told.get(path)
                said = told if isinstance(told, bytes) else json.dumps(told).encode()
                self.send_response(404 if told is None else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_POST = do_GET

            def log_message(self, *_said):
                pass

        return Handler


def public(key, kid):
    """As a provider publishes it."""
    return {
        **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
        "kid": kid,
        "use": "sig",
        "alg": "RS256",
    }


def start(client, **form):
    """Press the button; what the browser then brings the provider."""
    page = client.post("/accounts/sign-on/oidc/", form)
    assert page.status_code == 200, page.content
    query = parse_qs(urlsplit(page.context["address"]).query)
    return {name: values[0] for name, values in query.items()}
