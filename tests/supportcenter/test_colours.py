import pytest

from supportcenter.colours import BLACK, WHITE, contrast, ink_on, parse, readable_on, to_css


def test_contrast_of_black_and_white_is_the_greatest():
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == 21


def test_readable_on_leaves_a_readable_colour_alone():
    assert to_css(readable_on(WHITE, parse("0f62a8"), towards=BLACK, ratio=4.5)) == "#0f62a8"


@pytest.mark.parametrize("accent", ["ffffff", "ffee00", "00ff00", "777777", "000000", "ff00ff"])
def test_readable_on_reaches_the_ratio_on_either_ground(accent):
    light, dark = parse("eceef2"), parse("232831")
    assert contrast(readable_on(light, parse(accent), towards=BLACK, ratio=5.2), light) >= 5.2
    assert contrast(readable_on(dark, parse(accent), towards=WHITE, ratio=5.2), dark) >= 5.2


@pytest.mark.parametrize(
    ("ground", "ink"), [("0f62a8", WHITE), ("ffee00", BLACK), ("777777", BLACK), ("000000", WHITE)]
)
def test_ink_on_can_always_be_read(ground, ink):
    assert ink_on(parse(ground)) == ink
    assert contrast(ink, parse(ground)) >= 4.5
