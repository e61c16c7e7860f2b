"""Facts about people and addresses that outlive a socket, in bounded memory."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """One value a key, made when it is first asked for.

    All who ask while it is in use get the same one; beyond that the `most` values kept last are remembered.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._in_use: WeakValueDictionary[Key, Value] = WeakValueDictionary()
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value that is in use or kept, or a fresh one."""
        value = self._in_use.get(key)
        if value is None:
            value = self._in_use[key] = make()
        return value

    def keep(self, key: Key, value: Value) -> None:
        """Remember it also when it is not in use, at the cost of what was kept longest ago."""
        self._kept[key] = self._in_use[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, key: Key) -> None:
        self._kept.pop(key, None)

    def clear(self) -> None:
        self._kept.clear()
        self._in_use.clear()
