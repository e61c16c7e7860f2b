"""The emoji of the picker: each of ours is known to the library, in both languages, and to devices of some years."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from supportcenter.emoji_names import GROUPS, LANGUAGES, in_language, library_data

FULLY_QUALIFIED, OF_2020 = 2, 13


def chosen():
    return [sign for signs in GROUPS.values() for sign in signs.split()]


def test_each_is_there_once():
    assert len(chosen()) == len(set(chosen())) > 400


def test_each_is_one_that_devices_show():
    facts = {sign: library_data()[sign] for sign in chosen()}
    assert [sign for sign, of in facts.items() if of["status"] != FULLY_QUALIFIED or of["E"] > OF_2020] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_name_in_each_language(language):
    rows = [row for rows in in_language(language).values() for row in rows]
    assert [sign for sign, _name, _words in rows] == chosen()
    assert [sign for sign, name, _words in rows if not name or name != name.strip(": ") or "_" in name] == []
    is_arabic = [any("\u0600" <= letter <= "\u06ff" for letter in name) for _sign, name, _words in rows]
    assert set(is_arabic) == {language == "ar"}


def test_english_finds_it_in_every_language():
    for language in LANGUAGES:
        (row,) = (row for row in in_language(language)["people"] if row[0] == "👍")
        assert "thumbsup" in row[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_found_among_the_static_ones(language):
    found = Path(finders.find(f"emoji/{language}.json"))
    assert json.loads(found.read_text()) == in_language(language)
    assert finders.find("emoji/xx.json") is None
