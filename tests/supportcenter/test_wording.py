"""How the texts of the interface are written, in the language of the source and in Arabic."""

import re

import pytest

from supportcenter import catalogues

[SOURCE] = [path for path in catalogues.sources() if path.name == "django.po"]
# Labels that stay letter by letter: people, screen readers and tests find them by these names.
LABELS = {"Recipient's email address", "View customer's application", "View customer's desktop"}
MARKUP, PLACEHOLDER = re.compile(r"<[^>]+>"), re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def words(text):
    """What is read of a text: quotes of markup and names in braces are not."""
    return PLACEHOLDER.sub("", MARKUP.sub("", text))


def forms(texts):
    return texts if isinstance(texts, (list, tuple)) else [texts]


MESSAGES = [message for message in catalogues.read(SOURCE) if message.id]
ENGLISH = [words(text) for message in MESSAGES for text in forms(message.id)]
ARABIC = [words(text) for message in MESSAGES for text in forms(message.string)]


def test_apostrophes_and_quotes_are_curly():
    assert {text for text in ENGLISH if re.search("['\"]", text)} == LABELS


def test_arabic_has_quotes_of_its_own():
    assert [text for text in ARABIC if re.search("['\"“”]", text)] == []


def test_arabic_has_punctuation_of_its_own():
    assert [text for text in ARABIC if re.search("[,;?]", text)] == []


@pytest.mark.parametrize("word", ["e-mail", "anew", "whoever", "somebody", "nobody", "oneself"])
def test_word_is_not_used(word):
    assert [text for text in ENGLISH if re.search(rf"\b{word}\b", text, re.IGNORECASE)] == []
