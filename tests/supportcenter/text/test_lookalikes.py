import unicodedata

import pytest

from supportcenter.text.lookalikes import ALIKE, looks_like_one_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amal", "Аmаl"),
        ("ΒΟΒ", "Bob"),
        ("Ian", "lan"),
        ("Bill", "BiII"),
        ("0mar", "Omar"),
        ("Аnnа", "Anna"),
        ("سمير", "سَمير"),
    ],
)
def test_names_that_look_the_same(one, other):
    assert looks_like_one_of(one, ["Carol", other])
    assert looks_like_one_of(other, [one])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lan", "Ian"),
        ("Anna", "Анна"),
        ("سمير", "سمر"),
        ("علي", "عالي"),
        ("Omar", "Omara"),
        ("نور", "تور"),
        ("李", "季"),
    ],
)
def test_names_that_are_told_apart(one, other):
    assert not looks_like_one_of(one, [other])


def test_letters_are_of_scripts_that_share_the_alphabets_shapes():
    """Not one of Arabic, whose letters differ by their dots alone."""
    scripts = {unicodedata.name(chr(each)).split()[0] for each in ALIKE}
    assert scripts == {"CYRILLIC", "GREEK", "LATIN", "SCRIPT", "DIGIT", "VERTICAL"}
