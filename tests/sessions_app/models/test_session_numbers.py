import pytest

from sessions_app.models.session_numbers import draw_number, in_threes, normalise


def test_number_has_nine_digits_and_no_leading_zero():
    for _draw in range(200):
        number = draw_number()
        assert len(number) == 9
        assert number.isascii()
        assert number.isdecimal()
        assert number[0] != "0"


def test_number_is_shown_in_threes():
    assert in_threes("482913605") == "482 913 605"


@pytest.mark.parametrize(
    "typed",
    [
        "482913605",
        "482 913 605",
        "482-913-605",
        " 482–913–605 ",
        "٤٨٢ ٩١٣ ٦٠٥",
        "۴۸۲۹۱۳۶۰۵",
        "\u200f482 913 605\u200e",
        "482 913 605.",
        "482.913.605",
        "(482) 913 605",
        "482\u2212913\u2212605",
        "482\u2011913\u2014605",
        "482\u00a0913\u202f605،",
        "«٤٨٢٬٩١٣٬٦٠٥»؛",
        "#482_913/605!",
        "\u2066482 913 605\u2069؟",
    ],
)
def test_number_is_read_however_it_is_typed(typed):
    assert normalise(typed) == "482913605"


@pytest.mark.parametrize("typed", ["", "48291360", "4829136055", "48291360x", "four", "...", "½82913605", "+482913605"])
def test_number_that_is_none_is_not_guessed_at(typed):
    assert normalise(typed) is None
