"""Names of files as strangers send them, made harmless: for a folder on any system, a header, and the eye. Pure."""

import re
import unicodedata

LONGEST, LONGEST_BYTES = 150, 220
NAMELESS = "file"
# Joiners shape Arabic and emoji; whatever else is not seen could turn the reading direction round, or hide an ending.
SHOWN_BY_EFFECT = {"\u200c", "\u200d"}
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# What Windows takes for devices, whatever the ending.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean_name(name):
    """The last part of a path, without what cannot be seen or stored; its ending is kept, however long it is."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(letter for letter in name if _is_seen(letter))
    name = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", name)).strip(" .")
    if RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name) or NAMELESS


def ending_of(name):
    """ "exe" of "Setup.EXE"; empty if there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _is_seen(letter):
    return letter in SHOWN_BY_EFFECT or unicodedata.category(letter) not in UNSEEN


def _shortened(name):
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        stem, tail = name, ""
    else:
        tail = dot + ending
    while len(stem + tail) > LONGEST or len((stem + tail).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + tail
