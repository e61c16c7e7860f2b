"""What the site asks an identity provider itself: within a time, up to a size, and for a while no more if it is silent.

A thread of its own waits for the provider, so the one that answers a person waits no longer than PATIENCE, whatever
hangs: names, connections, or an answer that comes byte by byte.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter

# Seconds: for the whole of an answer, for a connection and each read of it, and of silence after none came.
PATIENCE, READS, SILENT_FOR = 5.0, (3, 4), 10.0
# Bytes of an answer; questions under way in a process.
MOST, AT_ONCE = 512 * 1024, 8
# Seconds for which an answer is taken from memory, and for which it does while the provider is away.
FRESH, USABLE = 3600.0, 24 * 3600.0
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

logger = logging.getLogger(__name__)
_silent_until: dict[str, float] = {}
_under_way = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Answer:
    """As much of an answer as allauth's providers read."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except ValueError as error:
            raise requests.exceptions.InvalidJSONError("The provider's answer is no JSON") from error

    def raise_for_status(self) -> None:
        if self.status_code != requests.codes.ok:
            raise requests.HTTPError(f"The provider answered with {self.status_code}")


class ProviderSession:
    """Asks as `requests.Session` does. Raises requests.RequestException."""

    def __enter__(self) -> "ProviderSession":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def get(self, url: str, **more: Any) -> Answer:
        return self.request("GET", url, **more)

    def request(self, method: str, url: str, **more: Any) -> Answer:
        host = urlsplit(url).netloc
        if not is_safe(url):
            raise requests.exceptions.InvalidURL("The provider names an address without TLS")
        if time.monotonic() < _silent_until.get(host, 0):
            raise requests.ConnectionError("The provider did not answer a moment ago")
        try:
            return _Question(lambda: _ask(method, url, **more)).answer()
        except (requests.ConnectionError, requests.Timeout) as error:
            logger.warning("The identity provider %s did not answer: %s", host, type(error).__name__)
            _silent_until[host] = time.monotonic() + SILENT_FOR
            raise


class _Question(threading.Thread):
    def __init__(self, ask: Callable[[], Answer]) -> None:
        super().__init__(name="ask-identity-provider", daemon=True)
        self._ask = ask
        self._answer: Answer | None = None
        self._error: Exception | None = None

    def answer(self) -> Answer:
        if not _under_way.acquire(blocking=False):
            raise requests.Timeout("Too many questions are under way")
        self.start()
        self.join(PATIENCE)
        if self._error:
            raise self._error
        if self._answer is None:
            raise requests.Timeout("No answer within the time")
        return self._answer

    def run(self) -> None:
        try:
            self._answer = self._ask()
        except Exception as error:
            self._error = error
        finally:
            _under_way.release()


def _ask(method: str, url: str, **more: Any) -> Answer:
    """Redirects are not followed: each address of a provider is one that its configuration names."""
    until = time.monotonic() + PATIENCE
    with requests.Session() as session:
        session.mount(url, HTTPAdapter(max_retries=1))
        if not more.get("auth"):
            # Not what a .netrc holds for the host.
            session.auth = lambda request: request
        with session.request(method, url, timeout=READS, allow_redirects=False, stream=True, **more) as answer:
            content = b""
            while piece := answer.raw.read1(MOST, decode_content=True):
                content += piece
                if len(content) > MOST or time.monotonic() > until:
                    raise requests.Timeout("The answer is too long")
            return Answer(answer.status_code, answer.headers, content)


def is_safe(url: str) -> bool:
    """With TLS, or on this machine."""
    with suppress(ValueError):
        parts = urlsplit(url)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        )
    return False


class Kept:
    """Answers by address, with their age: most sign-ins ask the provider for neither its configuration nor its keys."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Answer]] = {}

    def get(self, url: str, *, fresh: float = FRESH) -> Answer:
        """No older than `fresh` seconds, or the last one if the provider is away. Raises requests.RequestException."""
        now = time.monotonic()
        with self._lock:
            at, answer = self._kept.get(url, (float("-inf"), None))
        if answer and now - at < fresh:
            return answer
        try:
            with ProviderSession() as session:
                answer_now = session.get(url)
            answer_now.raise_for_status()
        except requests.RequestException:
            if answer and now - at < USABLE:
                return answer
            raise
        with self._lock:
            self._kept[url] = (now, answer_now)
        return answer_now

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
        _silent_until.clear()


kept = Kept()


def discovery(*, fresh: float = FRESH) -> dict[str, Any]:
    """The configuration of the OpenID provider. Raises requests.RequestException, also for that of another issuer."""
    issuer: str = settings.OIDC_URL
    found = kept.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration", fresh=fresh).json()
    if not isinstance(found, dict) or str(found.get("issuer")).rstrip("/") != issuer.rstrip("/"):
        raise requests.exceptions.InvalidURL("The configuration is that of another issuer")
    return found


def keys(*, fresh: float = FRESH) -> list[dict[str, Any]]:
    """The keys that the OpenID provider signs with. Raises requests.RequestException."""
    found = kept.get(str(discovery().get("jwks_uri")), fresh=fresh).json()
    listed = found.get("keys") if isinstance(found, dict) else None
    return [key for key in listed if isinstance(key, dict)] if isinstance(listed, list) else []
