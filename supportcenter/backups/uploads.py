"""Uploads under way, which are files in PARTS_DIR. An app that has some says in its `backup.py` which rows name them.

@names_uploads
def uploads(apps: Apps) -> Iterator[Upload]:
    yield Upload("files/7", size=4096)
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.apps.registry import Apps
from django.conf import settings
from django.utils.module_loading import autodiscover_modules

from supportcenter.backups.errors import NoBackup

# Names in PARTS_DIR: of the lock that a backup takes, as those of uploads are called, and how its folder begins.
LOCK, HELD = "lock", "backup-"


class Upload(NamedTuple):
    # Its name in PARTS_DIR.
    name: str
    # The bytes that count; those beyond are left over.
    size: int


Namer = Callable[[Apps], Iterator[Upload]]
_namers: list[Namer] = []


def names_uploads(namer: Namer) -> Namer:
    """Register the decorated function. It reads the rows by the models that it is given, which may be older ones."""
    _namers.append(namer)
    return namer


def named_uploads(apps: Apps) -> Iterator[Upload]:
    autodiscover_modules("backup")
    for namer in _namers:
        yield from namer(apps)


class Held(NamedTuple):
    """Uploads of one moment, in a folder where nobody deletes them."""

    folder: Path
    uploads: list[Upload]
    missing: list[str]


@contextmanager
def room_for_uploads() -> Iterator[Path]:
    """A folder on the disk of the uploads, so that holding one is a second name of the same file.

    Raises NoBackup while another backup is made: so what is left of one that was killed can be deleted, and with it
    what retention or an erasure has deleted elsewhere.
    """
    parts = Path(settings.PARTS_DIR)
    parts.mkdir(parents=True, exist_ok=True)
    with (parts / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise NoBackup("Another backup of this site is being made.") from taken
        for left in parts.glob(f"{HELD}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=parts, prefix=HELD) as folder:
            yield Path(folder)


def hold(apps: Apps, folder: Path) -> Held:
    """Take hold of what the rows name, as fast as can be: an upload that is done is deleted."""
    held = Held(folder, [], [])
    for upload in named_uploads(apps):
        if _hold(Path(settings.PARTS_DIR) / upload.name, folder / upload.name, upload.size):
            held.uploads.append(upload)
        else:
            held.missing.append(upload.name)
    return held


def _hold(source: Path, target: Path, size: int) -> bool:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if source.stat().st_size < size:
            return False
        if not target.exists():
            _second_name(source, target)
    except FileNotFoundError:
        return False
    return True


def _second_name(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        # A file system without hard links.
        shutil.copyfile(source, target)
