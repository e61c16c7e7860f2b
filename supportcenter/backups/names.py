"""Names of many files, which need not fit into memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType


class FileNames:
    def __init__(self, in_memory: int) -> None:
        self._lines = tempfile.SpooledTemporaryFile(max_size=in_memory)  # noqa: SIM115 - closed at the end

    def __enter__(self) -> FileNames:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            self._lines.write(json.dumps(name).encode() + b"\n")

    def __iter__(self) -> Iterator[str]:
        self._lines.seek(0)
        for line in self._lines:
            yield json.loads(line)
