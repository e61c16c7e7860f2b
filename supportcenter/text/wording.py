"""Text as its words are searched for: folded, without punctuation; the same for what is stored and what is typed."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from supportcenter.text.folding import fold

# No index takes a word of any length, and nobody types one.
LONGEST_WORD = 60
MOST_TERMS = 20
NO_WORD = re.compile(r"[\W_]+")
# "The", written together with the word and with "and", "by", "as", "so" or "to" before it; what follows is the word.
ARTICLE = re.compile(r"(?<!\S)(?:[وف]?[بك]?ال|[وف]?لل)(?=[^\W_]{3})")
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
# As much of a line as is shown around the first word that was found, and of that before it.
EXCERPT, BEFORE = 160, 40


class Part(NamedTuple):
    text: str
    found: bool


def words_of(text: str) -> str:
    """The words of `text`, each between two spaces; without any, a single space."""
    words = ARTICLE.sub("", NO_WORD.sub(" ", fold(text))).split()
    return " ".join(["", *(word[:LONGEST_WORD] for word in words), ""])


def terms_of(typed: str) -> list[str]:
    """What has to be in the words of a line, all of it: " begin" is the beginning of a word, " a phrase " its words.

    Only a pair of quotation marks means anything. A text without any word has no terms.
    """
    phrases = [words_of(phrase) for phrase in QUOTED.findall(typed)]
    beginnings = [words_of(word).rstrip() for word in QUOTED.sub(" ", typed).split()]
    return list(dict.fromkeys(term for term in [*phrases, *beginnings] if term.strip()))[:MOST_TERMS]


def excerpt(text: str, terms: list[str]) -> list[Part]:
    """`text` around the first of the terms, in parts that were found and parts that were not."""
    marks = _marks(text, terms)
    first = marks.index(True) if True in marks else 0
    start = 0 if first < BEFORE else max(text.rfind(" ", 0, first - BEFORE // 2) + 1, first - BEFORE)
    end = start + EXCERPT
    if len(text) > end:
        end = max(text.rfind(" ", first + 1, end), start + EXCERPT // 2)
    shown = groupby(range(start, min(end, len(text))), key=marks.__getitem__)
    parts = [Part("".join(text[n] for n in places), found) for found, places in shown]
    return [*([Part("… ", False)] if start else []), *parts, *([Part(" …", False)] if end < len(text) else [])]


def _marks(text: str, terms: list[str]) -> list[bool]:
    """For each character, whether it belongs to a word that a term found."""
    words = list(_places(text))
    marks = [False] * len(text)
    for term in terms:
        wanted = term.split()
        for first in range(len(words) - len(wanted) + 1):
            here = words[first : first + len(wanted)]
            if " ".join(["", *(word for word, _, _ in here), ""]).startswith(term):
                start, end = here[0][1], here[-1][2]
                marks[start:end] = [True] * (end - start)
    return marks


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word as it is searched for, with where it stands. A mark or an invisible character belongs to its word."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _parts(text[end]) or _parts(text[start]):
            for word in words_of(text[start:end]).split():
                yield word, start, end
            start = end


# A line may have thousands of characters, of few kinds.
@lru_cache(maxsize=4096)
def _parts(character: str) -> bool:
    """Whether words end here."""
    return bool(character.isspace() or NO_WORD.fullmatch(character) and not _within(character))


def _within(character: str) -> bool:
    return fold(f"a{character}a") == "aa"
