"""How the site proves to its own doctor, at its public address, that it is this site, and tells how it was asked.

Only who has the secret key can ask. The question is good for a minute.
"""

import json
from typing import Any
from urllib.parse import parse_qs

from django.core import signing

from supportcenter.live.sockets.asgi import Scope

QUESTION, ANSWER = "supportcenter.serving.probe.question", "supportcenter.serving.probe.answer"
# Seconds.
GOOD_FOR = 60


def question(nonce: str) -> str:
    return signing.dumps(nonce, salt=QUESTION)


def asked_by(scope: Scope) -> str | None:
    """The nonce of a question of ours; None for a prober's request, and for a question that is old or forged."""
    given = parse_qs(scope.get("query_string", b"").decode("latin1")).get("question", [""])[0]
    try:
        nonce: str = signing.loads(given, salt=QUESTION, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return nonce


def answer_to(nonce: str, scope: Scope) -> bytes:
    """Signed: how many proxies have passed the request on, and whether the outermost was asked by https."""
    headers = [(name, value.decode("latin1")) for name, value in scope["headers"]]
    hops = [hop for name, value in headers if name == b"x-forwarded-for" for hop in value.split(",") if hop.strip()]
    secure = any(name == b"x-forwarded-proto" and value == "https" for name, value in headers)
    return json.dumps({"answer": signing.dumps([nonce, len(hops), secure], salt=ANSWER)}).encode()


def read(body: bytes, nonce: str) -> tuple[int, bool] | None:
    """The number of proxies, and whether https was told; None if that is no answer of this site to this question."""
    try:
        answer: Any = signing.loads(json.loads(body)["answer"], salt=ANSWER, max_age=GOOD_FOR)
    except (ValueError, KeyError, TypeError, signing.BadSignature):
        return None
    return (answer[1], answer[2]) if answer[0] == nonce else None
