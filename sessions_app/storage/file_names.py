"""File names from strangers, made safe for a folder on any system, for a header, and for the reader. Pure."""

import re
import unicodedata

LONGEST, LONGEST_BYTES = 150, 220
NAMELESS = "file"
# Joiners shape Arabic and emoji. Other invisible characters could reverse the reading direction, or hide an extension.
SHOWN_BY_EFFECT = {"\u200c", "\u200d"}
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Device names on Windows, whatever the extension.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean_name(name: str) -> str:
    """The last part of a path, without what cannot be seen or stored, shortened if need be; it keeps its extension."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(letter for letter in name if _is_seen(letter))
    name = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", name)).strip(" .")
    if RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name) or NAMELESS


def ending_of(name: str) -> str:
    """ "exe" of "Setup.EXE"; empty if there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _is_seen(letter: str) -> bool:
    return letter in SHOWN_BY_EFFECT or unicodedata.category(letter) not in UNSEEN


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        stem, tail = name, ""
    else:
        tail = dot + ending
    while len(stem + tail) > LONGEST or len((stem + tail).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + tail
