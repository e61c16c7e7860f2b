#!/usr/bin/env bash
# A site keeps its VAPID claims, {"sub": "mailto:…"}, in one place and passes them to pywebpush's webpush() for each device. Two
# devices use two push services. For whom is the token made that each of them gets?
#
# Guessed: for the service of that device. The function works out the audience from the endpoint, and copies the headers that it
#          is given, so that nothing of one message gets into the next.
# Really:  all after the first get a token made for the first one's service. The claims are not copied: webpush() writes "aud"
#          and "exp" into the caller's own dictionary, and works out an audience only where none stands there yet. The second
#          service receives a well-signed token for someone else, which RFC 8292 tells it to refuse.
# Matters: the device that subscribes first decides whose notifications arrive: with one browser in the office all is well, and the first
#          phone of another make silences itself or all the others until a restart. Pass a new dictionary each time, or claims
#          with an "aud" of one's own.
# Seen with pywebpush 2.5.0, py-vapid 1.9.6, http-ece 1.2.1, on Python 3.11.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pywebpush==2.5.0 py-vapid==1.9.6 http-ece==1.2.1
cat > "$folder/look.py" <<'PYTHON'
import base64
import json
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid
from pywebpush import webpush


class Answer:
    status_code, text, reason, headers = 201, "", "Created", {}


class Services:
    """Stands where the requests would go out."""

    def post(self, endpoint, *, headers, **rest):
        token = headers["Authorization"].partition("t=")[2].partition(",")[0]
        claims = token.split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        print(f"{endpoint.rpartition('/')[0]} gets a token for {said['aud']}")
        return Answer()


def base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def device(service):
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"endpoint": f"{service}/device", "keys": {"p256dh": base64url(point), "auth": base64url(os.urandom(16))}}


key = Vapid()
key.generate_keys()
devices = [device("https://push.one.example"), device("https://push.two.example")]


def send(to, claims):
    webpush(to, "Hello", vapid_private_key=key, vapid_claims=claims, requests_session=Services())


print("one dictionary for all:")
claims = {"sub": "mailto:us@example.com"}
for each in devices:
    send(each, claims)
print(f"what the dictionary holds now: {', '.join(sorted(claims))}")
print("a new one each time:")
for each in devices:
    send(each, {"sub": "mailto:us@example.com"})
PYTHON
env -i PATH="$PATH" HOME="$folder" "$folder/venv/bin/python" "$folder/look.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
one dictionary for all:
https://push.one.example gets a token for https://push.one.example
https://push.two.example gets a token for https://push.one.example
what the dictionary holds now: aud, exp, sub
a new one each time:
https://push.one.example gets a token for https://push.one.example
https://push.two.example gets a token for https://push.two.example
SEEN
