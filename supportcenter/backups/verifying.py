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
from supportcenter.files_keys import PUBLIC, Mark
from supportcenter.sealed_files import frames, stream

# Folders of the archive with what may be encrypted.
FILES = {"media", "parts"}


class Verified(NamedTuple):
    facts: Facts
    # Bytes and number of members by their folder.
    bytes: Counter[str]
    members: Counter[str]
    # Names of files that had been deleted when the backup came to them.
    missing: list[str]
    # How many files are encrypted with which key.
    marks: Counter[Mark]


def verify(file: IO[bytes]) -> Verified:
    """Raises NoBackup."""
    try:
        return _look_through(file)
    except DAMAGED as damage:
        raise NoBackup(f"This is no backup of a support center, or it is damaged: {damage}.") from damage


def _look_through(file: IO[bytes]) -> Verified:
    marks: Counter[bytes] = Counter()
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with members(file) as each, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as seen:
        facts = _facts(next(each, None), seen)
        for member in each:
            if member.name == MANIFEST:
                missing = _compare(member.content, seen)
                if next(each, None) is not None:
                    raise NoBackup("The backup goes on after its end: it is not as it was written.")
                return Verified(facts, sizes, counts, missing, marks)
            sizes[member.folder] += member.size
            counts[member.folder] += 1
            line, head = _hashed(member)
            seen.write(line)
            if member.folder in FILES and (mark := _mark_in(head)):
                marks[mark] += 1
    raise NoBackup("The backup is not complete: it was cut off.")


def _facts(first: Member | None, seen: IO[bytes]) -> Facts:
    if first is None or first.name != FACTS or first.size > MOST_FACTS:
        raise NoBackup("This is no backup of a support center.")
    text = first.content.read()
    seen.write(line_of(FACTS, len(text), hashlib.sha256(text).hexdigest()))
    return Facts.from_json(text)


def _mark_in(head: bytes) -> Mark | None:
    """Of a kept file or an upload that begins so."""
    mark = frames.mark_in(head) if head.startswith(frames.MAGIC) else stream.mark_in(head)
    return None if mark == PUBLIC.mark else mark


def _hashed(member: Member) -> tuple[bytes, bytes]:
    """Its line of the list, and how it begins."""
    digest, size, head = hashlib.sha256(), 0, b""
    while block := member.content.read(BLOCK):
        digest.update(block)
        head = head or block[: frames.HEAD]
        size += len(block)
    return line_of(member.name, size, digest.hexdigest()), head


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
