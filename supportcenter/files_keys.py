"""FILES_KEY: the keys that kept files and recordings are encrypted with, the newest first (E74)."""

import base64
import binascii
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from supportcenter.environment import WrongSetting

NAME = "FILES_KEY"
# Instead of the newest key: nothing new is encrypted, and what is can be read.
NONE = "none"
# Bytes of a key; how many different ones 32 random bytes have at the very least; and bytes of a key's mark.
LENGTH, FEWEST_DIFFERENT, MARK = 32, 10, 8


# Says which key it is, and nothing else about it.
Mark: TypeAlias = bytes


class FilesKey(NamedTuple):
    mark: Mark
    secret: bytes


# No secret: for a file that is not encrypted, and begins as encrypted ones do.
PUBLIC = FilesKey(bytes(MARK), bytes(LENGTH))


def keys_of(texts: Sequence[str]) -> list[bytes | None]:
    """The keys, None for `none` at the front. Raises WrongSetting, which never repeats a key."""
    keys = [None if place == 0 and text == NONE else _key(text) for place, text in enumerate(texts)]
    if len(set(keys)) < len(keys):
        raise WrongSetting(NAME, "names one key twice.")
    return keys


def newest_key() -> FilesKey | None:
    """What new files are encrypted with; None if they are not."""
    newest = settings.FILES_KEYS[0] if settings.FILES_KEYS else None
    return key_of(newest) if newest else None


def key_marked(mark: bytes) -> FilesKey | None:
    """The key with this mark; None if the site does not have it."""
    known = [PUBLIC, *(key_of(secret) for secret in settings.FILES_KEYS if secret)]
    return next((key for key in known if key.mark == mark), None)


@cache
def key_of(secret: bytes) -> FilesKey:
    mark = HKDF(hashes.SHA256(), MARK, salt=None, info=b"support center: mark of a files key")
    return FilesKey(mark.derive(secret), secret)


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH or len(set(key)) < FEWEST_DIFFERENT:
        raise WrongSetting(
            NAME,
            f"each key has to be {LENGTH} random bytes in base64. Make one with: openssl rand -base64 {LENGTH}",
        )
    return key
