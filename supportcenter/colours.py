"""Which shade of a colour can be read on which ground (WCAG 2.2, relative luminance)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")
Colour = tuple[int, int, int]

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
# The faintest text of pages, and what a dark page stands on (static/css/tokens.css).
FAINT_INK, DARK = (0x5C, 0x64, 0x72), (0x0D, 0x0F, 0x13)


def parse(hexadecimal: str) -> Colour:
    red, green, blue = (int(hexadecimal[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def to_css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def readable_on(ground: Colour, colour: Colour, *, towards: Colour, ratio: float) -> Colour:
    """`colour`, moved towards another just as far as it takes to stand out from `ground` by `ratio`."""
    for step in range(101):
        shade = mix(colour, towards, step / 100)
        if contrast(shade, ground) >= ratio:
            return shade
    return towards


def ink_on(colour: Colour) -> Colour:
    """White where it can be read, else near-black: one of the two always can."""
    return WHITE if contrast(WHITE, colour) >= 4.5 else BLACK


def contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def require_ground(hexadecimal: str) -> None:
    """Raises ValidationError for a colour on which the faintest text of a page could not be read."""
    if not HEXADECIMAL.fullmatch(hexadecimal):
        # Another validator says so.
        return
    if contrast(parse(hexadecimal.lstrip("#")), FAINT_INK) < 4.5:
        raise ValidationError(_("Text could not be read on this colour. Choose a lighter one."), code="too_dark")


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """As much of `other` in it as `share` says, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
