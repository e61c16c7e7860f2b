"""How many handshakes there may be, decided on the event loop before any of them costs a question to the database.

Strict by credential, the cookie that the address needs: one browser does not need many sockets a second. Generous by
network address: an office reconnects together after a restart. What an address uses up are handshakes of credentials
that nobody has been recognised by yet; those that were recognised go on when a neighbour has used everything up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from supportcenter import security_log
from supportcenter.allowance import Allowance
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.sockets.limits import WARNINGS_PER_SECOND
from supportcenter.network_addresses import address_key
from supportcenter.refusals import Refused
from supportcenter.remembered import Remembered

# Of one address with credentials not yet recognised: those that fail use this up, the others give it back.
STRANGERS_PER_SECOND, STRANGERS_AT_ONCE = 10, 500
# The same of all addresses together, at one time.
MOST_STRANGERS = 1_000
# Handshakes of a credential that belongs to one page: a second in the long run, and at once.
HANDSHAKES_OF_ONE_PAGE = (0.5, 20)
# Refusals of one credential, or of an address's strangers, that are told by a close code; what comes beyond them may be
# answered at less cost, and an honest page comes back after either.
TOLD_PER_SECOND, TOLD_AT_ONCE = 0.5, 20
MOST_CREDENTIALS, MOST_ADDRESSES = 10_000, 10_000


class Credential:
    """A cookie, known by its digest. Half of what it may do at once may be under way at one time."""

    def __init__(self, secret: str, rate: float, burst: int) -> None:
        self.key = hashlib.sha256(secret.encode("utf-8", "replace")).digest() if secret else None
        self.handshakes = Allowance(rate, burst)
        self.told = Allowance(TOLD_PER_SECOND, TOLD_AT_ONCE)
        self.most_under_way = max(1, burst // 2)
        self.under_way = 0
        self.is_recognised = False


class Address:
    def __init__(self) -> None:
        self.strangers = Allowance(STRANGERS_PER_SECOND, STRANGERS_AT_ONCE)
        self.told = Allowance(TOLD_PER_SECOND, TOLD_AT_ONCE)
        self.warnings = Allowance(WARNINGS_PER_SECOND, 1)


class Handshake:
    """One on its way: until its page follows, or is refused."""

    def __init__(self, admission: Admission, credential: Credential, address: Address) -> None:
        self._admission, self._credential, self._address = admission, credential, address
        self._is_stranger = not credential.is_recognised
        self._is_over = False
        credential.under_way += 1
        admission.strangers += self._is_stranger

    def recognise(self) -> None:
        """Somebody has been found by the credential."""
        if self._is_stranger:
            self._forgive()
            self._credential.handshakes.take()
        self._credential.is_recognised = True
        if self._credential.key:
            self._admission.credentials.keep(self._credential.key, self._credential)

    def fail(self) -> None:
        """The credential opens nothing: the address has used up one attempt."""
        if self._is_stranger:
            self._is_stranger = False
            self._admission.strangers -= 1

    def end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._credential.under_way -= 1
            # Neither recognised nor refused: it was our own fault.
            self._forgive()

    def _forgive(self) -> None:
        if self._is_stranger:
            self._is_stranger = False
            self._admission.strangers -= 1
            self._address.strangers.give_back()


class Admission:
    """The handshakes of this process."""

    def __init__(self) -> None:
        self.credentials: Remembered[bytes, Credential] = Remembered(MOST_CREDENTIALS)
        self._addresses: Remembered[str, Address] = Remembered(MOST_ADDRESSES)
        # Handshakes under way with credentials not yet recognised.
        self.strangers = 0

    @contextmanager
    def handshake(self, credential: Credential, address: str) -> Iterator[Handshake]:
        """A handshake with that credential, from that address. Raises CloseWith if there are too many.

        If the block is left by a refusal before somebody was recognised, the handshake has failed.
        """
        place = self._addresses.get(address_key(address), Address)
        self._addresses.keep(address_key(address), place)
        credential = self._known(credential)
        if not self._take_room(credential, place):
            (credential if credential.is_recognised else place).told.take()
            if place.warnings.take():
                security_log.warn("sockets_refused", address=address)
            raise CloseWith(Code.TOO_MANY)
        handshake = Handshake(self, credential, place)
        try:
            yield handshake
        except (CloseWith, Refused):
            if not credential.is_recognised:
                handshake.fail()
            raise
        finally:
            handshake.end()

    def is_in_vain(self, secret: str, address: str) -> bool:
        """Would a handshake be refused now, and has its sender been told so often enough?

        For a server that can say no before the handshake, at a fraction of its cost.
        """
        place = self._addresses.get(address_key(address), Address)
        credential = self._known(Credential(secret, 1, 1))
        if credential.is_recognised:
            is_refused = credential.under_way >= credential.most_under_way or not credential.handshakes.has()
            return is_refused and not credential.told.has()
        return not place.told.has() and not (self.strangers < MOST_STRANGERS and place.strangers.has())

    def _known(self, credential: Credential) -> Credential:
        # Without a cookie there is nothing to share: that it opens nothing is known without a query.
        return self.credentials.get(credential.key, lambda: credential) if credential.key else credential

    def _take_room(self, credential: Credential, place: Address) -> bool:
        if credential.under_way >= credential.most_under_way:
            return False
        if credential.is_recognised:
            return credential.handshakes.take()
        return self.strangers < MOST_STRANGERS and place.strangers.take()

    def clear(self) -> None:
        self.credentials.clear()
        self._addresses.clear()


admission = Admission()
