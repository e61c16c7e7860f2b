"""Hand over one message to the push service of a browser, encrypted so that the browser alone can read it."""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import ceil
from urllib.parse import urlsplit

import requests
from django.conf import settings

from supportcenter import clock
from supportcenter.accounts.push.keys import private_keys
from supportcenter.json_types import Json

# Seconds, for a connection and for each read.
PATIENCE = (3, 5)
# Seconds. No more than a day is allowed (RFC 8292), and clocks differ.
SIGNATURE_LIVES = 12 * 3600
# The library takes no contact at a host without a full stop in it, such as that of a site in an office.
LENIENT = {"no-strict": True}
# Of an answer only the first line and the headers matter.
OF_ANOTHER_KEY = {401, 403}
FIRST_REDIRECT, GONE, TOO_MANY, FIRST_FAULT = 300, {404, 410}, 429, 500
# Seconds: what is asked for beyond is refused at sending, since news do not live that long.
LONGEST_PAUSE = 3600

# Seconds for which a push service that did not answer is asked nothing, and how many of them a process remembers.
SILENT_FOR, MOST_SILENT = 10, 100

logger = logging.getLogger(__name__)
_silent_until: dict[str, datetime] = {}


class Outcome(Enum):
    ACCEPTED = "accepted"
    # The browser has dropped the subscription.
    GONE = "gone"
    # It may be taken later.
    AWAY = "away"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    # Seconds, if the service has said when to come again.
    again_in: int = 0


def hand_over(place: Mapping[str, str], message: Mapping[str, Json], *, seconds: int, topic: str) -> Answer:
    """`place` has `endpoint`, `p256dh` and `auth`. The service keeps it for `seconds`, and of a topic the latest."""
    # A quarter of a second of imports and 15 MB, for the processes that send.
    from py_vapid import Vapid02
    from pywebpush import WebPusher

    endpoint = place["endpoint"]
    parts = urlsplit(endpoint)
    if pause := _silent_seconds(parts.netloc):
        return Answer(Outcome.AWAY, pause)
    claims = {
        "sub": settings.WEB_PUSH_CONTACT,
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + SIGNATURE_LIVES,
    }
    info = {"endpoint": endpoint, "keys": {"p256dh": place["p256dh"], "auth": place["auth"]}}
    body = WebPusher(info).encode(json.dumps(message, ensure_ascii=False).encode())["body"]
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(seconds),
        "Topic": topic,
        "Urgency": "high",
    }
    try:
        for key in private_keys():
            signed = {**Vapid02(key, conf=LENIENT).sign(claims), **headers}
            status, pause = _post(endpoint, body, signed)
            # A browser that has not been here since the secret key was changed has subscribed with the former one.
            if status not in OF_ANOTHER_KEY:
                break
    except ValueError as error:
        # An address that no request can be made for.
        logger.info("The push service %s cannot be asked: %s", parts.hostname, type(error).__name__)
        return Answer(Outcome.REFUSED)
    except requests.RequestException as error:
        logger.info("The push service %s did not answer: %s", parts.hostname, type(error).__name__)
        _note_silent(parts.netloc)
        return Answer(Outcome.AWAY)
    if status < FIRST_REDIRECT:
        return Answer(Outcome.ACCEPTED)
    if status in GONE:
        return Answer(Outcome.GONE)
    logger.info("The push service %s answered with %s", parts.hostname, status)
    if status == TOO_MANY or status >= FIRST_FAULT:
        return Answer(Outcome.AWAY, pause)
    return Answer(Outcome.REFUSED)


def _silent_seconds(host: str) -> int:
    """For how many seconds more it is not asked, so that a job does not wait for each device there; 0 if it is."""
    until = _silent_until.get(host)
    return max(0, ceil((until - clock.now()).total_seconds())) if until else 0


def _note_silent(host: str) -> None:
    if len(_silent_until) >= MOST_SILENT:
        _silent_until.clear()
    _silent_until[host] = clock.now() + timedelta(seconds=SILENT_FOR)


def _post(endpoint: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, int]:
    """The status, and for how many seconds to wait. Through the proxies that the environment names, as mail goes."""
    with requests.Session() as session:
        # Not what a .netrc holds for the host: it would take the place of our own signature.
        session.auth = lambda request: request
        # Nor where the answer leads: that may be no push service. Its body is not read, however long it is.
        with session.post(
            endpoint, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False, stream=True
        ) as answer:
            pause = answer.headers.get("Retry-After", "")
            return answer.status_code, min(int(pause), LONGEST_PAUSE) if pause.isdecimal() and len(pause) < 10 else 0
