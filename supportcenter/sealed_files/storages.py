"""The storage of kept files, which encrypts while FILES_KEY is set, and reads what is and what is not encrypted."""

import fcntl
import io
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from supportcenter import security_log
from supportcenter.files_keys import PUBLIC, FilesKey, newest_key
from supportcenter.refusals.file_unreadable import FilesKeyMissing, FileUnreadable
from supportcenter.sealed_files.segmented import DamagedFileError
from supportcenter.sealed_files.stream import HEAD, MAGIC, SEGMENT, Opened, Sealing, mark_in

# The folder in the storage where a file is written again, before it takes the place of what was there.
DRAFTS = "rotating"

logger = logging.getLogger("supportcenter.storage")


class SealedFiles(Storage):
    """For a storage: FileUnreadable is raised for a file that is damaged, FilesKeyMissing for one without its key."""

    def _open(self, name: str, mode: str = "rb") -> File:  # type: ignore[type-arg]
        kept = self.open_as_kept(name)
        if mark_in(kept.read(len(MAGIC))) is None:
            kept.seek(0)
            return kept
        return _opened(kept, name)

    def _save(self, name: str, content: Any) -> str:
        return self.save_as_kept(name, sealed(content, name, newest_key()))

    def size(self, name: str) -> int:
        with self.open(name) as file:
            return file.size

    def delete(self, name: str) -> None:
        with _no_file_is_replaced():
            super().delete(name)

    def open_as_kept(self, name: str) -> File:  # type: ignore[type-arg]
        """Its bytes as they lie there, encrypted or not."""
        opened: File = super()._open(name, "rb")  # type: ignore[type-arg,misc]
        return opened

    def save_as_kept(self, name: str, content: Any) -> str:
        """Raises FileExistsError if another file has taken the name meanwhile."""
        saved: str = super()._save(name, content)  # type: ignore[misc]
        if saved != name:
            super().delete(saved)
            raise FileExistsError(f"{name} is taken")
        return saved

    def mark_of(self, name: str) -> bytes | None:
        """The mark of the key that it is encrypted with; None if it is not encrypted."""
        with self.open_as_kept(name) as kept:
            mark = mark_in(kept.read(HEAD))
        return None if mark == PUBLIC.mark else mark

    def write_again(self, name: str, key: FilesKey | None) -> bool:
        """Encrypt it with this key, or with none. It is there at every moment, as it was or as it is to be.

        False if it has been deleted meanwhile: then it stays deleted.
        """
        draft = f"{DRAFTS}/{secrets.token_hex(16)}"
        try:
            with self.open(name) as plain:
                self.save_as_kept(draft, sealed(File(plain), name, key))
        except BaseException:
            super().delete(draft)
            raise
        with _replacing():
            is_there = self.exists(name)
            if is_there:
                self._put_in_place(draft, name)
        if not is_there:
            super().delete(draft)
        return is_there

    def clear_drafts(self) -> None:
        """Delete what is left of a run that broke off."""
        try:
            _folders, drafts = self.listdir(DRAFTS)
        except FileNotFoundError:
            return
        for draft in drafts:
            super().delete(f"{DRAFTS}/{draft}")

    def _put_in_place(self, draft: str, name: str) -> None:
        raise NotImplementedError


class SealedOnDisk(SealedFiles, FileSystemStorage):
    def _put_in_place(self, draft: str, name: str) -> None:
        target = Path(self.path(name))
        with Path(self.path(draft)).open("rb") as written:
            os.fsync(written.fileno())
        Path(self.path(draft)).replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def site_files() -> SealedFiles:
    """The storage of the site's files."""
    storage: Any = default_storage
    return storage


def sealed(content: Any, name: str, key: FilesKey | None) -> Any:
    """What is to be kept of `content`: it as it is, if there is no key and nothing would take it for encrypted."""
    if key is None:
        content.seek(0)
        begins_as_ours = content.read(len(MAGIC)) == MAGIC
        content.seek(0)
        if not begins_as_ours:
            return content
    return _file(Sealing(content, name, key or PUBLIC))


def _opened(kept: File, name: str) -> File:  # type: ignore[type-arg]
    try:
        return _file(_Told(kept, name, kept.size))
    except DamagedFileError as error:
        kept.close()
        tell_unreadable(name, f"{error}")
        raise FileUnreadable from error
    except FilesKeyMissing:
        kept.close()
        tell_unreadable(name, "FILES_KEY does not have its key")
        raise


class _Told(Opened):
    """What is found only when an answer has begun ends that answer, and is told."""

    def __init__(self, kept: IO[bytes], name: str, size: int) -> None:
        self._name = name
        super().__init__(kept, name, size)

    def make(self, number: int) -> bytes:
        try:
            return super().make(number)
        except DamagedFileError as error:
            if self._number >= 0:
                tell_unreadable(self._name, f"{error}")
            raise


def tell_unreadable(name: str, why: str) -> None:
    security_log.warn("file_unreadable", file=name, why=why)


def _file(segments: Opened | Sealing) -> File:  # type: ignore[type-arg]
    reader: Any = io.BufferedReader(segments, SEGMENT)
    file = File(reader)
    file.size = segments.size
    return file


def _lock() -> Path:
    """On the disk that all processes of the site share."""
    return Path(settings.PARTS_DIR) / "kept" / "lock"


@contextmanager
def _replacing() -> Iterator[None]:
    """No file is deleted meanwhile: one that is deleted must not come back."""
    _lock().parent.mkdir(parents=True, exist_ok=True)
    with _lock().open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _no_file_is_replaced() -> Iterator[None]:
    """Where nothing has ever been replaced there is no lock, and a full disk may have no room for one."""
    try:
        file = _lock().open("rb")
    except FileNotFoundError:
        yield
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
