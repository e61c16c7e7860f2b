"""What a kind of job does, in words for people. A kind without words is shown by its name."""

from django.utils.functional import Promise

# `handler(…, words=_("…"))` adds to it.
words: dict[str, str | Promise] = {}


def words_of(kind: str) -> str:
    return str(words.get(kind, kind))
