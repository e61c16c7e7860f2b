"""The typefaces of pages: made once from those that packages carry, as small as our two languages allow.

What packages carry is some 850 kB each. A page wants the letters of one script, in weights from regular to bold.
"""

import hashlib
import os
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

WEIGHTS = (400, 700)
# Raised when font_subsets.py makes other files of the same.
RECIPE = 1


class Typeface(NamedTuple):
    name: str
    package: str
    file: str
    # As `unicode-range` of css/fonts.css says them.
    letters: str
    features: tuple[str, ...]
    axes: dict[str, Any]

    @property
    def source(self) -> Path:
        spec = find_spec(self.package.replace("-", "_"))
        assert spec is not None
        assert spec.origin is not None
        return Path(spec.origin).parent / "files" / self.file

    @property
    def code_points(self) -> set[int]:
        ranges = ((each.split("-")[0], each.split("-")[-1]) for each in self.letters.split())
        return {code for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1)}


LATIN = Typeface(
    "latin.woff2",
    "fontpkg-inter",
    "Inter[opsz,wght].ttf",
    "20-7E A0-17F 2C6 2DA 2DC 2010-2027 202F-2030 2032-2033 2039-203A 2044 20AC 2122 2190-2193 2212 2248 2260"
    " 2264-2265",
    ("ccmp", "kern", "locl", "mark", "mkmk", "tnum"),
    {"opsz": 14, "wght": WEIGHTS},
)
# Of the block, what Arabic, Persian, Urdu and Kurdish are written with.
ARABIC = Typeface(
    "arabic.woff2",
    "fontpkg-noto-sans-arabic",
    "NotoSansArabic[wdth,wght].ttf",
    "60C-60D 61B 61F-63A 640-655 660-671 679 67E 686 688 691 695 698 6A4 6A9 6AF 6B5 6BA 6BE 6C1 6C3 6C6 6CC 6CE 6D2"
    " 6D4-6D5 6F0-6F9 200C-200D",
    ("calt", "ccmp", "fina", "init", "isol", "kern", "liga", "locl", "mark", "medi", "mkmk", "rlig"),
    {"wdth": 100, "wght": WEIGHTS},
)
TYPEFACES = (LATIN, ARABIC)


class FontFinder(BaseFinder):
    """Finds them among the static files, as `fonts/latin.woff2`; the first who looks makes them."""

    def check(self, **options: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        made = FileSystemStorage(location=made_fonts().parent)
        for typeface in TYPEFACES:
            path = f"fonts/{typeface.name}"
            if not matches_patterns(path, [*(ignore_patterns or ())]):
                yield path, made

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        found = [str(made_fonts() / each.name) for each in TYPEFACES if f"fonts/{each.name}" == path]
        return found[0] if found and not find_all else found


def made_fonts() -> Path:
    """Their folder, once they are in it: named by what they are made of, so that an upgrade makes others."""
    folder = Path(settings.PREPARED_DIR) / "typefaces" / fingerprint() / "fonts"
    missing = [each for each in TYPEFACES if not (folder / each.name).exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        for typeface in missing:
            put(folder / typeface.name, made_of(typeface))
    return folder


def made_of(typeface: Typeface) -> bytes:
    # A second that other starts need not wait.
    from supportcenter.font_subsets import subset

    return subset(typeface.source, typeface.code_points, typeface.features, typeface.axes)


def fingerprint() -> str:
    facts = (RECIPE, version("fonttools"), version("brotli"), *((each, version(each.package)) for each in TYPEFACES))
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def put(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
