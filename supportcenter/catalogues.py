"""Message catalogues: compiled from locale/ into DATA_DIR with Babel, so that nobody needs gettext's programs."""

from __future__ import annotations

import os
import string
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message


def sources() -> Iterator[Path]:
    yield from sorted(settings.CATALOGUES_DIR.glob("*/LC_MESSAGES/*.po"))


def target_of(source: Path) -> Path:
    return settings.LOCALE_PATHS[0] / source.relative_to(settings.CATALOGUES_DIR).with_suffix(".mo")


def is_stale(source: Path) -> bool:
    target = target_of(source)
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def read(source: Path) -> Catalog:
    # Babel is loaded when there is something to compile, which at most starts there is not.
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name, domain=source.stem, abort_invalid=True)


def compile_catalogue(source: Path) -> None:
    """Write the .mo file beside its final name first: a reader sees the old one or the new one, never half of it."""
    from babel.messages.mofile import write_mo

    target = target_of(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, read(source))
    draft.replace(target)


def broken_formats(catalogue: Catalog) -> Iterator[str]:
    """Translations that would raise, or lose a value, when they are filled in."""
    for message, errors in catalogue.check():
        yield from (f"line {message.lineno}: {error}" for error in errors)
    for message in catalogue:
        if message.id and any(_braces(text) != _braces(message.id) for text in _translations(message)):
            yield f"line {message.lineno}: other {{names}} than the original"


def unfinished(catalogue: Catalog) -> Iterator[str]:
    """Messages that somebody would read in the wrong language."""
    for message in catalogue:
        if message.id and message.fuzzy:
            yield f"line {message.lineno}: fuzzy: {message.id!r}"
        elif message.id and not all(_all_forms(message)):
            yield f"line {message.lineno}: untranslated: {message.id!r}"


def _all_forms(message: Message) -> Sequence[str | None]:
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def _translations(message: Message) -> list[str]:
    return [text for text in _all_forms(message) if text]


def _braces(text: str | Sequence[str]) -> set[str]:
    """The names in {braces}; of a plural, those of its last form, since a translation may spell out the one."""
    try:
        parts = string.Formatter().parse(text if isinstance(text, str) else text[-1])
        return {name for _, name, _, _ in parts if name and name.isidentifier()}
    except ValueError:
        return set()
