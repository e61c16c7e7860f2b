"""The pictures of the help centre as they are kept: all there, in both languages, small, and each shown somewhere."""

import re

import pytest
from PIL import Image

from tests.browser.help_pictures.album import ALBUM, LANGUAGES, SCENES, words_of

NAMES = sorted(name for names in SCENES.values() for name in names)
# Bytes of one, and of all; and how wide one may be.
LARGEST, ALL, WIDEST = 64 * 1024, 3 * 1024 * 1024, 1440
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def shown_in(language):
    """What the topics of a language show: (topic, where the picture is)."""
    topics = sorted((ALBUM.parent / language).glob("*.md"))
    return [(topic.name, path) for topic in topics for _alt, path in SHOWN.findall(topic.read_text(encoding="utf-8"))]


def test_each_picture_is_made_by_one_scene():
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_is_there_with_its_words(language):
    kept = sorted(file.stem for file in (ALBUM / language).glob("*.webp"))
    assert (kept, sorted(words_of(language))) == (NAMES, NAMES), "run make help-pictures"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_small(language):
    sizes = {file.name: file.stat().st_size for file in (ALBUM / language).glob("*.webp")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) < ALL / len(LANGUAGES)
    for name in sizes:
        with Image.open(ALBUM / language / name) as picture:
            assert (picture.format, picture.width <= WIDEST) == ("WEBP", True), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_show_pictures_of_their_language_that_are_there(language):
    there = {f"../pictures/{language}/{name}.webp" for name in NAMES}
    assert [(topic, path) for topic, path in shown_in(language) if path not in there] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_is_shown(language):
    shown = {path.rpartition("/")[2].removesuffix(".webp") for _topic, path in shown_in(language)}
    assert [name for name in NAMES if name not in shown] == []
