"""How many bytes of requests may be on their way at a time. They lie in memory, or in temporary files in DATA_DIR."""

from collections import Counter

MIB = 1024 * 1024
# Of one address, behind which there may be an office: some uploads of 16 MiB at a time.
MOST_OF_AN_ADDRESS = 128 * MIB
MOST_IN_ALL = 512 * MIB


class BytesUnderWay:
    """Counts what has come of requests that are not answered yet. What is only announced costs nothing."""

    def __init__(self, *, each: int = MOST_OF_AN_ADDRESS, most: int = MOST_IN_ALL) -> None:
        self._each, self._most = each, most
        self._taken: Counter[str] = Counter()
        self._total = 0

    def take(self, address: str, count: int) -> bool:
        """Is there room for `count` bytes more? Then they count from here, until `give_back`."""
        if self._total + count > self._most or self._taken[address] + count > self._each:
            return False
        self._total += count
        self._taken[address] += count
        return True

    def give_back(self, address: str, count: int) -> None:
        self._total -= count
        self._taken[address] -= count
        if not self._taken[address]:
            del self._taken[address]
