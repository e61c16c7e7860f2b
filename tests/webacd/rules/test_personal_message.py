import pytest

from webacd.rules.personal_message import is_readable, normalised


@pytest.mark.parametrize(
    ("typed", "characters"),
    [
        ("a\r\nb", 3),
        ("a\rb", 3),
        ("e\u0301", 1),  # é in two code points
        ("\U0001f44b", 1),  # one code point, two units in the browser's strings
        ("\U0001f469\u200d\U0001f4bb", 3),  # a joined sign counts by its code points
        ("مرحبا", 5),
    ],
)
def test_counts_code_points(typed, characters):
    assert len(normalised(typed)) == characters


@pytest.mark.parametrize(("text", "readable"), [("a\n\tb", True), ("a\0b", False), ("a\x1bb", False)])
def test_control_characters_are_refused(text, readable):
    assert is_readable(text) is readable
