"""Slow down instead of refusing: a form is answered with a ticket, and counts when it comes back with it.

A ticket holds for one client (its address key) and for what the form was about, for a few minutes, once. It has to be
solved, which costs a browser a second of work (static/js/core/proof_of_work.js), or waited for: the way of a page
without scripts, and of one on plain http, where browsers do not calculate digests. Who waits has only so many tickets a
minute, because waiting costs nothing.
"""

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from limits import RateLimitItemPerMinute

from supportcenter.accounts.rate_limits import client_key, rate_limiter
from supportcenter.site_keys import is_sealed, sealed_by

SALT = "supportcenter.challenges"
# Names of the form's fields.
TICKET, WORK = "ticket", "work"
# Seconds: to wait for without solving, and how long a ticket holds. A password has to be typed again meanwhile.
WAIT, HOLDS = 15, 300
# Digests to find, and how many zero bits each begins with: 65,536 attempts on average, and seldom far from that.
PUZZLES, ZERO_BITS = 16, 12
# So much more may be asked for in an attack; a slow phone is through in some ten seconds.
MOST_LOAD = 4
# From one address in a minute, by waiting.
WAITERS = 10


@dataclass(frozen=True)
class Challenge:
    """What the page of the form carries (templates/_challenge.html)."""

    ticket: str
    seed: str
    puzzles: int
    zero_bits: int = ZERO_BITS
    wait: int = WAIT


def give_challenge(request: HttpRequest, *about: str, load: int = 1) -> Challenge:
    """Have the page that answers `request` carry a ticket; `load` multiplies the work."""
    seed, puzzles = secrets.token_urlsafe(16), PUZZLES * min(load, MOST_LOAD)
    facts = {
        "seed": seed,
        "puzzles": puzzles,
        "at": time.time(),
        "for": sealed_by(settings.SECRET_KEY, SALT, _binding(request, about)).hex(),
    }
    challenge = Challenge(signing.dumps(facts, salt=SALT), seed, puzzles)
    request.challenge = challenge  # type: ignore[attr-defined]
    return challenge


def has_passed(request: HttpRequest, *about: str) -> bool:
    """Has the form come back with a ticket of its own, solved or waited for? It is used up by that."""
    facts = _opened(request.POST.get(TICKET, ""))
    if facts is None or not is_sealed(facts["for"], SALT, _binding(request, about)):
        return False
    if is_solved(facts["seed"], facts["puzzles"], request.POST.get(WORK, "")):
        return _first_use(facts["seed"])
    return time.time() - facts["at"] >= WAIT and _may_wait(request) and _first_use(facts["seed"])


def is_solved(seed: str, puzzles: int, work: str) -> bool:
    """Does `work` hold a number for each puzzle, with which its digest begins with zeros?"""
    # No number has more than nine digits in a lifetime.
    numbers = work.split(".") if len(work) <= 10 * puzzles else []
    return len(numbers) == puzzles and all(
        number.isascii() and number.isdigit() and _begins_with_zeros(f"{seed}.{place}.{number}")
        for place, number in enumerate(numbers)
    )


def _begins_with_zeros(text: str) -> bool:
    first = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    return first >> (32 - ZERO_BITS) == 0


def _opened(ticket: str) -> dict[str, Any] | None:
    try:
        facts: dict[str, Any] = signing.loads(ticket, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return None
    return facts


def _binding(request: HttpRequest, about: tuple[str, ...]) -> str:
    return json.dumps([client_key(request), *about])


def _first_use(seed: str) -> bool:
    return rate_limiter().hit(RateLimitItemPerMinute(1, HOLDS // 60, namespace="tickets"), seed)


def _may_wait(request: HttpRequest) -> bool:
    return rate_limiter().hit(RateLimitItemPerMinute(WAITERS, namespace="waiters"), client_key(request))
