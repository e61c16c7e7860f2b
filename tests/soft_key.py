"""A passkey without a device: what a browser would send, made by the library that the site reads it with."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

# The person was there, and was checked.
SEEN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftKey:
    def __init__(self, host="localhost", port=8000):
        self.host, self.origin = host, f"http://{host}:{port}"
        self.id, self._key, self._owner = secrets.token_bytes(32), ec.generate_private_key(ec.SECP256R1()), b""

    def made(self, options):
        """The answer to what a page asks a browser to create."""
        self._owner = websafe_decode(options["publicKey"]["user"]["id"])
        public = ES256.from_cryptography_key(self._key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._site, SEEN | AuthenticatorData.FLAG.AT, 0, credential)
        said = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", options)),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(said, {"credProps": {"rk": True}})

    def used(self, options):
        """The answer to what a page asks a browser to get."""
        client, data = self._client("webauthn.get", options), AuthenticatorData.create(self._site, SEEN, 0)
        signature = self._key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": self._owner}
        return self._answer({name: websafe_encode(each) for name, each in said.items()}, {})

    @property
    def _site(self):
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, what, options):
        challenge = websafe_decode(options["publicKey"]["challenge"])
        return CollectedClientData.create(what, challenge, self.origin)

    def _answer(self, said, extensions):
        key = websafe_encode(self.id)
        answer = {"id": key, "rawId": key, "type": "public-key", "response": said}
        return json.dumps({**answer, "clientExtensionResults": extensions})
