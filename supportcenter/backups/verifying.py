"""Look through a whole backup before anything is changed: it is complete, and every byte is as it was written."""

import hashlib
import json
import tempfile
from collections import Counter
from typing import IO, NamedTuple

from supportcenter.backups.archive import (
    BLOCK,
    DAMAGED,
    FACTS,
    IN_MEMORY,
    LONGEST_LINE,
    MANIFEST,
    MOST_FACTS,
    Member,
    line_of,
    members,
)
from supportcenter.backups.errors import NoBackup
from supportcenter.backups.facts import Facts


class Verified(NamedTuple):
    facts: Facts
    # Bytes and number of members by their folder.
    bytes: Counter[str]
    members: Counter[str]
    # Names of files that had been deleted when the backup came to them.
    missing: list[str]


def verify(file: IO[bytes]) -> Verified:
    """Raises NoBackup."""
    try:
        return _look_through(file)
    except DAMAGED as damage:
        raise NoBackup(f"This is no backup of a support center, or it is damaged: {damage}.") from damage


def _look_through(file: IO[bytes]) -> Verified:
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with members(file) as each, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as seen:
        facts = _facts(next(each, None), seen)
        for member in each:
            if member.name == MANIFEST:
                missing = _compare(member.content, seen)
                if next(each, None) is not None:
                    raise NoBackup("The backup goes on after its end: it is not as it was written.")
                return Verified(facts, sizes, counts, missing)
            sizes[member.folder] += member.size
            counts[member.folder] += 1
            seen.write(_hashed(member))
    raise NoBackup("The backup is not complete: it was cut off.")


def _facts(first: Member | None, seen: IO[bytes]) -> Facts:
    if first is None or first.name != FACTS or first.size > MOST_FACTS:
        raise NoBackup("This is no backup of a support center.")
    text = first.content.read()
    seen.write(line_of(FACTS, len(text), hashlib.sha256(text).hexdigest()))
    return Facts.from_json(text)


def _hashed(member: Member) -> bytes:
    digest, size = hashlib.sha256(), 0
    while block := member.content.read(BLOCK):
        digest.update(block)
        size += len(block)
    return line_of(member.name, size, digest.hexdigest())


def _compare(manifest: IO[bytes], seen: IO[bytes]) -> list[str]:
    """The list must be what was seen, in that order. Returns what it names as missing."""
    count = 0
    seen.seek(0)
    for line in seen:
        if manifest.readline(LONGEST_LINE) != line:
            raise NoBackup(f"The backup is damaged: {json.loads(line)['name']} is not as it was written.")
        count += 1
    missing: list[str] = []
    for text in iter(lambda: manifest.readline(LONGEST_LINE), b""):
        facts = json.loads(text)
        if facts == {"members": count}:
            return missing
        if "missing" not in facts:
            break
        missing.append(str(facts["missing"]))
    raise NoBackup("The backup is damaged: its list does not fit.")
