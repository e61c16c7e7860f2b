"""The file of a backup: for its owner alone, and there under its name only when it is whole and on the disk."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage

from supportcenter.backups.database import size_of_database
from supportcenter.backups.errors import NoBackup
from supportcenter.disks import MEBIBYTE, disk_of

PACKED = (".gz", ".tgz")
# zlib's own middle: rows become a tenth, and what people send is mostly packed already.
LEVEL = 6


@contextmanager
def file_of_backup(path: Path) -> Iterator[IO[bytes]]:
    """Write beside it, as `….partial`, which is deleted if that fails. Raises NoBackup."""
    if path.exists():
        raise NoBackup(f"{path} is there already: name another file.")
    if not path.parent.is_dir():
        raise NoBackup(f"There is no folder {path.parent}.")
    require_room(path)
    partial = path.with_name(f"{path.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            with _packing(path, file) as output:
                yield output
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
        _sync_folder(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextmanager
def _packing(path: Path, file: IO[bytes]) -> Iterator[IO[bytes]]:
    if path.suffix not in PACKED:
        yield file
        return
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=LEVEL) as packed:
        yield packed  # type: ignore[misc]  # it writes bytes, which is all that is asked of it


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def require_room(path: Path) -> None:
    """Raises NoBackup if it cannot fit. What object storage holds is not looked through."""
    needed = _bytes_in(Path(settings.PARTS_DIR))
    if isinstance(default_storage, FileSystemStorage):
        needed += _bytes_in(Path(default_storage.location))
    if path.suffix not in PACKED:
        needed += size_of_database() // 2
    free = disk_of(path.parent).free
    if free < needed:
        raise NoBackup(
            f"{path.parent} has too little room: {free // MEBIBYTE} MiB are free, and about "
            f"{needed // MEBIBYTE} MiB are needed."
        )


def _bytes_in(folder: Path) -> int:
    return sum(_size(Path(above) / name) for above, _, names in os.walk(folder) for name in names)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0
