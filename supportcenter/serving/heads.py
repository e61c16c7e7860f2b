"""What is known of a request before its body comes: who asks for what, and so how much they may send."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import parse_cookie
from django.urls import Resolver404, ResolverMatch, resolve

from sessions_app.rules.seats import SEAT
from supportcenter.live.sockets.asgi import Scope
from supportcenter.network_addresses import address_key
from supportcenter.text.whole_numbers import count_in

# Bytes: any form of the site, the admin's too, with room to spare.
FORM_LIMIT = 256 * 1024
# Two pictures of the most bytes that `accounts/pictures.py` reads, and the rest of their form.
PICTURES_LIMIT = 1280 * 1024
# The largest table that `accounts/people_file/reading.py` reads, and the rest of its form.
TABLES_LIMIT = 2112 * 1024
# What mail providers tell in one request, a few hundred events.
BATCH_LIMIT = 1024 * 1024
ADMIN = "admin"


@dataclass(frozen=True)
class Head:
    method: str
    path: str
    # Names in lower case, as ASGI has them.
    headers: Sequence[tuple[bytes, bytes]]
    address: str = ""

    @classmethod
    def of(cls, scope: Scope) -> Head:
        return cls(scope["method"], scope["path"], scope["headers"], (scope.get("client") or [""])[0])

    @cached_property
    def cookies(self) -> dict[str, str]:
        return parse_cookie("; ".join(value.decode("latin1") for name, value in self.headers if name == b"cookie"))

    @cached_property
    def page(self) -> ResolverMatch | None:
        """Where the path leads; None if nowhere."""
        try:
            return resolve(self.path)
        except Resolver404:
            return None

    @property
    def view_name(self) -> str | None:
        """For logs: a path may hold a secret."""
        return self.page.view_name if self.page else None

    @property
    def address_key(self) -> str:
        return address_key(self.address)

    @property
    def person(self) -> str:
        """Whom this request counts for: the account or the seat, else the address. A cookie may be made up."""
        known = self.cookies.get(settings.SESSION_COOKIE_NAME) or next(iter(self._seats), None)
        return hashlib.sha256(known.encode()).hexdigest() if known else self.address_key

    @property
    def is_handshake(self) -> bool:
        """Does the page ask for a socket?"""
        return any(name == b"upgrade" and value.lower() == b"websocket" for name, value in self.headers)

    @property
    def length(self) -> int | None:
        """Bytes that the body is announced to have; None if that is not said, or not in digits."""
        announced = next((value for name, value in self.headers if name == b"content-length"), b"")
        return count_in(announced.decode("latin1"))

    def body_limit(self, *, upload: int) -> int:
        """How many bytes this request may bring: the one place that says so, for every server.

        `upload` where the page takes uploads and a seat or an account may be behind the request, less where it takes
        pictures or a table, else a form’s or a batch’s.
        """
        if self.method == "POST" and self._is_known and self._has("takes_uploads"):
            return upload
        if self.method == "POST" and self._has_signed_in and self._has("takes_pictures"):
            return min(upload, PICTURES_LIMIT)
        if self.method == "POST" and self._has_signed_in and self._has("takes_tables"):
            return min(upload, TABLES_LIMIT)
        return min(upload, BATCH_LIMIT if self._has("takes_batches") else FORM_LIMIT)

    @property
    def reads_much(self) -> bool:
        """Does this wait in the line for heavy reading? Who has no account is only led to the sign-in."""
        if self._has("waits_for_others"):
            return True
        if not self._has_signed_in or self.page is None:
            return False
        return self._has("reads_much") or self.page.app_names == [ADMIN]

    def _has(self, mark: str) -> bool:
        return self.page is not None and getattr(self.page.func, mark, False)

    @property
    def _has_signed_in(self) -> bool:
        return bool(self.cookies.get(settings.SESSION_COOKIE_NAME))

    @property
    def _is_known(self) -> bool:
        return self._has_signed_in or bool(self._seats)

    @property
    def _seats(self) -> list[str]:
        return [value for name, value in self.cookies.items() if name.startswith(SEAT.prefix) and value]
