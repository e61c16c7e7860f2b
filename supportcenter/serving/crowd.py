"""How many connections may be open that ask for nothing, and which of them goes when one more comes."""

from __future__ import annotations

from typing import Protocol

# A browser keeps six; an office of eighty has five hundred. Behind a proxy of ours, only the sum counts.
MOST_OF_AN_ADDRESS = 500
MOST_IN_ALL = 4000


class Connection(Protocol):
    def give_way(self) -> None:
        """Close at once: nothing has been asked for."""


class Crowd:
    """The connections on which no request is being answered, those that have waited longest first.

    One more than fits makes the longest waiting of its address go, or of all. An idle connection costs a browser
    nothing but a new one, and who opens thousands loses their own.
    """

    def __init__(self, *, each: int | None = MOST_OF_AN_ADDRESS, most: int = MOST_IN_ALL) -> None:
        self._each, self._most = each, most
        self._idle: dict[Connection, str] = {}
        self._of_address: dict[str, dict[Connection, None]] = {}

    def joins(self, connection: Connection, address: str) -> None:
        """`connection` waits for a request from here on."""
        self._idle[connection] = address
        mine = self._of_address.setdefault(address, {})
        mine[connection] = None
        if self._each is not None and len(mine) > self._each:
            self._send_away(next(iter(mine)))
        if len(self._idle) > self._most:
            self._send_away(next(iter(self._idle)))

    def leaves(self, connection: Connection) -> None:
        """It has gone, or its request has come."""
        address = self._idle.pop(connection, None)
        if address is None:
            return
        mine = self._of_address[address]
        del mine[connection]
        if not mine:
            del self._of_address[address]

    def _send_away(self, connection: Connection) -> None:
        self.leaves(connection)
        connection.give_way()
