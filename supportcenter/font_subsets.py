"""Makes a page's font of a package's: the letters that pages need, in the weights that they use."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# Copyright and licence stay in each file: the licence asks for that.
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def subset(source: Path, code_points: Iterable[int], features: Iterable[str], axes: dict[str, Any]) -> bytes:
    """The same bytes on every machine, so that a file keeps its name: no times in it."""
    # In two passes: the first leaves glyphs behind that the second would ask for.
    letters_only = saved(with_letters(source, code_points, features))
    font = TTFont(BytesIO(letters_only), recalcTimestamp=False)
    font = instantiateVariableFont(font, axes)
    font.flavor = "woff2"
    return saved(font)


def with_letters(source: Path, code_points: Iterable[int], features: Iterable[str]) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=[*features], hinting=False, name_IDs=NAMES)
    options.drop_tables += ["STAT", "meta"]
    letters = Subsetter(options)
    letters.populate(unicodes=code_points)
    letters.subset(font)
    return font


def saved(font: TTFont) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()
