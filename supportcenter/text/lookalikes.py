"""Names that look the same although they are written differently: with letters of another script, or I for l.

Not the whole of Unicode's confusables (UTS 39), which takes letters for alike that people tell apart: only those of
Cyrillic, Greek and Latin that are drawn like one of the plain Latin alphabet. Arabic has none of them.
"""

from collections.abc import Iterable

from supportcenter.text.folding import fold

# In the case they are written in: what is alike in capitals need not be in small letters.
ALIKE = str.maketrans(
    dict(zip("АВЕЅІЈКМНОРСТУХҮԚԜ", "ABESlJKMHOPCTYXYQW", strict=True))
    | dict(zip("аеѕіјкморстухһԁԛԝ", "aesijkmopctyxhdqw", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHlKMNOPTYX", strict=True))
    | dict(zip("αικνορτυϲϳ", "aikvoptucj", strict=True))
    | dict(zip("ɑɡıℓ", "agil", strict=True))
    # One stroke, one ring: I, l, 1 and |; O and 0. The stroke is no letter, so that "Lan" is not taken for "Ian".
    | dict.fromkeys("Il1|", "\u2223")
    | {"0": "O"}
)


def skeleton(text: str) -> str:
    """The same for two texts that can hardly be told apart on a page."""
    # Twice: a letter of another script may stand for one of the strokes.
    return fold(text.translate(ALIKE).translate(ALIKE))


def looks_like_one_of(name: str, others: Iterable[str]) -> bool:
    """Whether the name is one of the others, in any spelling, or looks the same."""
    mine = {fold(name), skeleton(name)}
    return any(mine & {fold(other), skeleton(other)} for other in others)
