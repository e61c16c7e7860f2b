"""Whether requests come by way of a proxy that the settings do not know: its clients then all have one address.

What a process has seen stands in a file of DATA_DIR, where `manage.py doctor` and the status page find it.
"""

import json
import logging
import time
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

# Seconds: how often one process says so, and for how long it counts.
TOLD_EVERY, GOOD_FOR = 3600, 24 * 3600

logger = logging.getLogger(__name__)


class Forwarded(NamedTuple):
    """A request that somebody has passed on."""

    peer: str
    # Seconds of the epoch.
    at: float

    @property
    def is_from_nearby(self) -> bool:
        """Does it come from this machine or a private network, as from a proxy? Else a stranger may have written it."""
        try:
            address = ip_address(self.peer)
        except ValueError:
            return True
        return address.is_loopback or address.is_private


class Watch:
    """Of one process: tells what arrives, once in a while."""

    def __init__(self) -> None:
        self._told_at = {True: float(-TOLD_EVERY), False: float(-TOLD_EVERY)}

    def note(self, peer: str, *, now: float) -> None:
        """A request has come from `peer` with X-Forwarded-For, which nobody believes. `now` is monotonic."""
        seen = Forwarded(peer, time.time())
        if now - self._told_at[seen.is_from_nearby] < TOLD_EVERY:
            return
        self._told_at[seen.is_from_nearby] = now
        logger.warning(
            "A request from %s came with X-Forwarded-For, but TRUSTED_PROXIES is 0. If that is your proxy, set "
            "TRUSTED_PROXIES=1: until then all who come through it count as one address.",
            peer,
        )
        # A full disk, or a folder that is not ours: the log has it.
        with suppress(OSError):
            _file().write_text(json.dumps(seen._asdict()))


def last_seen() -> Forwarded | None:
    """The last such request of the last day; None if there was none."""
    try:
        seen = Forwarded(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return seen if time.time() - seen.at < GOOD_FOR else None


def _file() -> Path:
    return Path(settings.DATA_DIR) / "forwarded.json"
