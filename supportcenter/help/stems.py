"""Words as the search compares them: folded, and without their endings, in English and in Arabic."""

import re
import threading
from functools import lru_cache
from typing import Any

from supportcenter.text.folding import fold

WORD = re.compile(r"\w+")
ARABIC = re.compile(r"[\u0600-\u06ff]")
# Folded. What questions are made of says nothing about what they ask for.
ENGLISH = """
a am an and are at be by can could do does for from get have how i in is it me my of on or our please should that the
their there this to want was we what when where which who why will with would you your
"""
ARABIC_ONES = """
ان او اريد استطيع اين الذي الي التي انا اي بعد ثم حتي علي عن عند عندما في قد كان كيف لماذا لي ليس ما ماذا متي مع من نحن
هذا هذه هل هناك هو هي و يجب يمكن يمكنني
"""
QUESTION_WORDS = frozenset(f"{ENGLISH} {ARABIC_ONES}".split())
PLURAL, SHORTEST_PLURAL = "ات", 5
FOLDED_END = re.compile("(?<=[^ت])ه$")
_stemmers = threading.local()


def stems_of(text: str) -> list[str]:
    return [stem(word) for word in words_of(text)]


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text.replace("’", "'")).replace("'", ""))


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Of a folded word."""
    if not is_arabic(word):
        return str(_stemmer("english").stemWord(word))
    if word.endswith(PLURAL) and len(word) >= SHORTEST_PLURAL:
        # Snowball 3.1 takes it off with the article alone: "the sessions" would be "session", and "sessions" would not.
        word = word.removesuffix(PLURAL)
    # As the stemmer knows it, which folding and many writers do not. After a t it is a pronoun.
    return str(_stemmer("arabic").stemWord(FOLDED_END.sub("ة", word)))


def is_arabic(text: str) -> bool:
    return bool(ARABIC.search(text))


def _stemmer(language: str) -> Any:
    # One holds the word that it is at, so no two threads share one.
    if not hasattr(_stemmers, language):
        # It comes with thirty languages: with the first search.
        import snowballstemmer

        setattr(_stemmers, language, snowballstemmer.stemmer(language))
    return getattr(_stemmers, language)
