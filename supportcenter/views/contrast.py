"""Which shade of a colour can be read on which ground (WCAG 2.2, relative luminance)."""

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def parse(hexadecimal):
    return tuple(int(hexadecimal[at : at + 2], 16) for at in (0, 2, 4))


def to_css(colour):
    return "#{:02x}{:02x}{:02x}".format(*colour)


def readable_on(ground, colour, *, towards, ratio):
    """`colour`, moved towards another just as far as it takes to stand out from `ground` by `ratio`."""
    for step in range(101):
        shade = _mix(colour, towards, step / 100)
        if contrast(shade, ground) >= ratio:
            return shade
    return towards


def ink_on(colour):
    """White where it can be read, else near-black: one of the two always can."""
    return WHITE if contrast(WHITE, colour) >= 4.5 else BLACK


def contrast(one, other):
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _mix(colour, other, share):
    return tuple(round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))


def _luminance(colour):
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
