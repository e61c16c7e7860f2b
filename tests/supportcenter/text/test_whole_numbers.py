import pytest

from supportcenter.text.whole_numbers import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("42", 42), ("٤٢", 42), ("9" * 18, 10**18 - 1),
        ("", 0), ("-1", 0), ("4.2", 0), ("4 2", 0), ("²", 0), ("9" * 19, 0), ("9" * 5000, 0),
    ],
)  # fmt: skip
def test_whole_number(text, number):
    assert whole_number(text) == number
