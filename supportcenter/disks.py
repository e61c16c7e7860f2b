"""The disks that the site writes to, and how much room they have. Asking costs microseconds, so nothing is kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

MEBIBYTE = 1024 * 1024


class Disk(NamedTuple):
    """A file system; `folder` is one of ours on it."""

    device: int
    folder: Path
    # Bytes; free are those that this process may use.
    free: int
    total: int


def disk_of(folder: Path) -> Disk:
    """The disk of a folder, which need not exist yet. Raises OSError if the disk cannot be asked."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    figures = os.statvfs(there)
    block = figures.f_frsize
    return Disk(there.stat().st_dev, folder, figures.f_bavail * block, figures.f_blocks * block)


def disks_in_use() -> list[Disk]:
    """Each disk once, named by the first of our folders on it."""
    found: dict[int, Disk] = {}
    for folder in _folders():
        disk = disk_of(folder)
        found.setdefault(disk.device, disk)
    return list(found.values())


def disks_of_uploads() -> set[int]:
    """The devices that take what is uploaded: on its way, and for good."""
    return {disk_of(Path(folder)).device for folder in (settings.PARTS_DIR, settings.MEDIA_ROOT)}


def _folders() -> list[Path]:
    folders = [Path(settings.DATA_DIR), Path(settings.PARTS_DIR), Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        # One in memory, as tests may have it, has no folder.
        folders += [database.parent] if database.is_absolute() else []
    return folders
