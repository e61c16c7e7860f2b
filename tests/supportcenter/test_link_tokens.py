import re

from supportcenter.link_tokens import LENGTH, new_name, seal


def test_a_name_is_letters_and_digits_alone():
    assert all(re.fullmatch(r"[0-9A-Za-z]{22}", new_name()) for _time in range(500))


def test_names_differ():
    assert len({new_name() for _time in range(500)}) == 500


def test_a_seal_is_letters_and_digits_and_of_one_length():
    assert all(re.fullmatch(r"[0-9A-Za-z]{43}", seal("salt", str(number))) for number in range(500))


def test_seals_differ_by_text_and_by_salt():
    assert len({seal(salt, text)[:LENGTH] for salt in "ab" for text in "cd"}) == 4
