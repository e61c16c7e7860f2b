"""The archive: a tar, written and read in one stream, with a list at its end that says what has to be in it.

Its members are never unpacked by their names: a reader decides by the name what it is, and where it goes.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, Any, NamedTuple

from supportcenter.backups.errors import NoBackup

FACTS, MANIFEST, KEY = "backup.json", "manifest.jsonl", "keys/secret_key"
# Former ones; releases before know no such member.
FORMER_KEYS = "keys/secret_key_fallbacks"
FOLDERS = ("rows", "parts", "media")
# Bytes: read at once, in memory before a list goes to a file, of the facts, and of a line of the list.
BLOCK, IN_MEMORY, MOST_FACTS, LONGEST_LINE = 1024 * 1024, 1024 * 1024, 16 * 1024 * 1024, 64 * 1024
DAMAGED = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError)


class Member(NamedTuple):
    name: str
    size: int
    content: IO[bytes]

    @property
    def folder(self) -> str:
        return self.name.partition("/")[0]

    @property
    def rest(self) -> str:
        """Its name within its folder."""
        return self.name.partition("/")[2]


class Writer:
    def __init__(self, output: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=output, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by close
        self._list = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._members = 0
        self.missing: list[str] = []

    def add(self, name: str, content: bytes) -> None:
        self.add_file(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, source: IO[bytes], size: int) -> None:
        """That many bytes of it. Raises OSError if there are fewer, and NoBackup for a name that no restore takes."""
        if not is_ours(name):
            raise NoBackup(f"A stored file has a name that leads elsewhere: {name!r}")
        hashing = Hashing(source)
        self._write(name, hashing, size)
        self._list.write(line_of(name, size, hashing.sha256.hexdigest()))
        self._members += 1

    def close(self) -> None:
        """Write the list, without which the archive counts as cut off."""
        for name in self.missing:
            self._list.write(_line({"missing": name}))
        self._list.write(_line({"members": self._members}))
        size = self._list.tell()
        self._list.seek(0)
        self._write(MANIFEST, self._list, size)
        self._tar.close()
        self._list.close()

    def _write(self, name: str, source: Any, size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
        self._tar.addfile(entry, source)


class Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.sha256 = source, hashlib.sha256()

    def read(self, size: int) -> bytes:
        block = self._source.read(size)
        self.sha256.update(block)
        return block


def line_of(name: str, size: int, digest: str) -> bytes:
    return _line({"name": name, "size": size, "sha256": digest})


def _line(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts).encode() + b"\n"


@contextmanager
def members(file: IO[bytes]) -> Iterator[Iterator[Member]]:
    """All members, each to be read before the next. Raises NoBackup or, for what is damaged, one of DAMAGED."""
    file.seek(0)
    with tarfile.open(fileobj=file, mode="r|*") as tar:
        yield (_member(tar, entry) for entry in tar)


def _member(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Member:
    content = tar.extractfile(entry) if entry.isreg() else None
    if content is None or not is_ours(entry.name):
        raise NoBackup(f"The backup has a member that is none of ours: {entry.name[:200]!r}")
    # Python's own rules for archives of strangers, besides ours.
    tarfile.data_filter(entry, "/nowhere")
    return Member(entry.name, entry.size, content)


def is_ours(name: str) -> bool:
    """Whether a member may have this name: it leads nowhere but into its own folder."""
    path = PurePosixPath(name)
    if str(path) != name or path.is_absolute() or ".." in path.parts or len(name) > 1000:
        return False
    if "\0" in name or "\\" in name:
        return False
    return name in (FACTS, MANIFEST, KEY, FORMER_KEYS) or (len(path.parts) > 1 and path.parts[0] in FOLDERS)
