"""Which keys kept files and uploads on their way are encrypted with, and writing them again with another (E74)."""

import fcntl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from supportcenter.backups.uploads import named_uploads
from supportcenter.files_keys import FilesKey, key_marked
from supportcenter.refusals.file_unreadable import FilesKeyMissing, FileUnreadable
from supportcenter.refusals.storage_full import is_storage_full
from supportcenter.sealed_files import frames
from supportcenter.sealed_files.storages import site_files

# Rows that are read at once: no transaction stays open while files are written.
AT_ONCE = 500


class RotationUnderWay(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Two runs would write each file twice."""


@dataclass
class Tally:
    """How many files there are with each key's mark, and None for those that are not encrypted."""

    kept: Counter[bytes | None] = field(default_factory=Counter)
    uploads: Counter[bytes | None] = field(default_factory=Counter)

    def under(self, key: FilesKey | None) -> int:
        return self.kept[key.mark if key else None]

    @property
    def without_key(self) -> dict[bytes, int]:
        """By the marks of keys that the site does not have."""
        every = self.kept + self.uploads
        return {mark: count for mark, count in every.items() if mark is not None and key_marked(mark) is None}


@dataclass
class Written:
    count: int = 0
    # Files that could not be read.
    unreadable: list[str] = field(default_factory=list)


def kept_names() -> Iterator[str]:
    """The names of all files that rows name."""
    for model in apps.get_models():
        for each in model._meta.local_concrete_fields:
            if isinstance(each, models.FileField):
                yield from _names_in(model, each.attname)


def _names_in(model: type[models.Model], name: str) -> Iterator[str]:
    rows: Any = model._base_manager.exclude(**{name: ""}).order_by("pk").values_list("pk", name)
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = batch[-1][0]
        yield from (file for _pk, file in batch)


def tally(most: int | None = None) -> Tally:
    """Of all files or, of those that are kept, the first so many."""
    found = Tally()
    for name in islice(kept_names(), most):
        try:
            found.kept[site_files().mark_of(name)] += 1
        except FileNotFoundError:
            # Deleted since the row was read.
            continue
    for upload in named_uploads(apps):
        path = Path(settings.PARTS_DIR) / upload.name
        try:
            with path.open("rb") as file:
                head = file.read(frames.HEAD)
        except FileNotFoundError:
            continue
        found.uploads[frames.mark_in(head) if head.startswith(frames.MAGIC) else None] += 1
    return found


def write_all_again(key: FilesKey | None, say: Callable[[str], None]) -> Written:
    """Encrypt all kept files with this key, or with none; those that are so already are left alone.

    One that cannot be read is left as it is. Raises OSError when the disk is full, FilesAway if the storage is away.
    """
    done = Written()
    wanted = key.mark if key else None
    site_files().clear_drafts()
    for name in kept_names():
        try:
            if site_files().mark_of(name) != wanted and site_files().write_again(name, key):
                done.count += 1
                say(name)
        except FileNotFoundError:
            continue
        except (FileUnreadable, FilesKeyMissing):
            done.unreadable.append(name)
        except OSError as error:
            if is_storage_full(error):
                raise
            done.unreadable.append(name)
    return done


@contextmanager
def one_rotation() -> Iterator[None]:
    """Raises RotationUnderWay."""
    folder = Path(settings.PARTS_DIR) / "rotation"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise RotationUnderWay from taken
        yield
