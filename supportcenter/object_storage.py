"""Files in an object storage that speaks S3. Imported only where STORAGE_URL names one.

Everything goes through the site, which asks who may have it: no object has an address that a browser could use.
"""

import io
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import IO, Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, ReadTimeoutError
from django.core.files import File
from storages.backends.s3 import S3Storage

from supportcenter.refusals.files_away import FilesAway
from supportcenter.sealed_files.storages import SealedFiles

# Seconds. A storage that does not answer keeps a thread so long, and then nobody waits for it for a while.
CONNECT_PATIENCE, READ_PATIENCE, REST = 3, 20, 5
# Bytes of one piece on its way there: with two at a time this is what a long film takes of memory.
PIECE = 8 * 1024 * 1024
# Bytes that are read ahead.
BEGINNING = 8 * 1024
# How often reading goes on where a connection broke off: a slow reader outlasts the patience of many a server.
CONTINUED = 3
LOG_EVERY = 60

logger = logging.getLogger("supportcenter.storage")


class KeptObjects(S3Storage):
    """Raises FilesAway for what is wrong with the storage, and FileNotFoundError for an object that is not there."""

    def __init__(self, **options: Any) -> None:
        # Other people's S3 knows neither the newest checksums nor, often, buckets as names of hosts.
        config = Config(
            s3={"addressing_style": "path" if "endpoint_url" in options else "auto"},
            signature_version="s3v4",
            connect_timeout=CONNECT_PATIENCE,
            read_timeout=READ_PATIENCE,
            retries={"total_max_attempts": 2},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        transfer = TransferConfig(multipart_chunksize=PIECE, multipart_threshold=PIECE, use_threads=False)
        own = {"file_overwrite": False, "default_acl": None, "querystring_auth": True}
        super().__init__(**own, client_config=config, transfer_config=transfer, **options)
        self._rests_until = 0.0
        self._logged_at: float | None = None
        self._lock = threading.Lock()

    def url(self, *arguments: Any, **options: Any) -> str:
        raise NotImplementedError("files go through the site, which asks who may have them")

    def _open(self, name: str, mode: str = "rb") -> File:  # type: ignore[type-arg]
        assert mode == "rb", "objects are read or saved whole"
        with self._asked():
            found = self.bucket.Object(self._key(name))
            # How it begins is looked at first, and need not be asked for again.
            stored: Any = StoredObject(found, found.content_length, self._asked)
            file = File(io.BufferedReader(stored, BEGINNING), name)
            file.size = stored.size
            return file

    def _save(self, name: str, content: IO[bytes]) -> str:
        with self._asked():
            saved: str = super()._save(name, content)
            return saved

    def exists(self, name: str) -> bool:
        with suppress(FileNotFoundError), self._asked():
            self.bucket.Object(self._key(name)).load()
            return True
        return False

    def delete(self, name: str) -> None:
        with suppress(FileNotFoundError), self._asked():
            self.bucket.Object(self._key(name)).delete()

    def size(self, name: str) -> int:
        with self._asked():
            length: int = self.bucket.Object(self._key(name)).content_length
            return length

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with self._asked():
            folders, files = super().listdir(name)
            return folders, files

    def move(self, name: str, target: str) -> None:
        """Within the storage, which is fast; readers of what was there before are told by its tag."""
        with self._asked():
            source = {"Bucket": self.bucket.name, "Key": self._key(name)}
            self.bucket.Object(self._key(target)).copy(source, Config=self.transfer_config)
        # Not by `delete`, which waits until no file is being put in the place of another.
        KeptObjects.delete(self, name)

    def _key(self, name: str) -> str:
        key: str = self._normalize_name(name.replace("\\", "/"))
        return key

    @contextmanager
    def _asked(self) -> Iterator[None]:
        if time.monotonic() < self._rests_until:
            raise FilesAway
        try:
            yield
        except (BotoCoreError, ClientError, Boto3Error) as error:
            if _is_missing(error):
                raise FileNotFoundError(str(error)) from error
            if isinstance(error, ConnectTimeoutError | ReadTimeoutError):
                self._rests_until = time.monotonic() + REST
            self._log(error)
            raise FilesAway from error

    def _log(self, error: Exception) -> None:
        """At most once a minute: while it is away, everything fails in the same way."""
        with self._lock:
            now = time.monotonic()
            if self._logged_at is not None and now - self._logged_at < LOG_EVERY:
                return
            self._logged_at = now
        logger.error("files_away: the storage of STORAGE_URL fails (%s). `manage.py doctor` tries it.", error)


class ObjectStorage(SealedFiles, KeptObjects):
    """That storage, with its files encrypted while FILES_KEY is set."""

    def _put_in_place(self, draft: str, name: str) -> None:
        self.move(draft, name)


class StoredObject(io.RawIOBase):
    """One object, read from any place on without ever being here as a whole."""

    def __init__(self, found: Any, size: int, asked: Callable[[], Any]) -> None:
        super().__init__()
        self._object, self.size, self._asked = found, size, asked
        # As it is now: after each request the library forgets what it has been told, and would ask again.
        self._tag = found.e_tag
        self._at, self._body = 0, None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if place != self._at:
            self._let_go()
            self._at = max(place, 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self.size or not len(buffer):
            return 0
        piece = self._piece(min(len(buffer), self.size - self._at))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._let_go()
        super().close()

    def _piece(self, most: int) -> bytes:
        for left in reversed(range(CONTINUED)):
            try:
                with self._asked():
                    piece: bytes = self._begun().read(most)
            except (FilesAway, FileNotFoundError, OSError) as error:
                self._let_go()
                # An answer that has begun cannot become a sentence any more: it breaks off, and is asked for again.
                if not left:
                    raise OSError("The storage broke off") from error
            else:
                if piece:
                    return piece
                self._let_go()
        raise OSError("The storage sent less than it has")

    def _begun(self) -> Any:
        if self._body is None:
            found = self._object.get(Range=f"bytes={self._at}-")
            if found["ETag"] != self._tag:
                # Never a part of one and a part of another.
                found["Body"].close()
                raise OSError("The file has been written again meanwhile")
            self._body = found["Body"]
        return self._body

    def _let_go(self) -> None:
        if self._body is not None:
            with closing(self._body):
                self._body = None


def _is_missing(error: Exception) -> bool:
    """An object that is not there; not a bucket."""
    if not isinstance(error, ClientError):
        return False
    said = error.response.get("Error", {}).get("Code")
    return said in {"404", "NoSuchKey"}
