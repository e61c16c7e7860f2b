"""What an uploaded logo, icon or picture of a person becomes.

Pages and mail never show the file itself, only what was seen in it, drawn again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

# Of what is uploaded: bytes, and pixels a side.
MOST_BYTES, MOST_PIXELS = 512 * 1024, 4000
# Of the whole picture: unpacked, and copied a few times, each takes four bytes in the process that serves all sessions.
MOST_AREA = 4_000_000
# No SVG: mail programs do not show it, and it can hold scripts.
FORMATS = ["PNG", "JPEG", "WEBP"]
# Pixels of the logo that is kept: twice as many as are shown, for fine screens.
BOX = 400, 160
# Pixels a side of the icon, which phones show on their home screen, and of a person's picture.
ICON, FACE = 180, 192
# What is safe of a side, if a circle over four fifths of it stays: the square in that circle.
UNCUT = 0.56
# Smaller pictures would be drawn too coarsely.
LEAST = 48

REFUSALS = {
    "too_many_pixels": _(
        "The picture is too large: at most 4000 pixels a side, and 4 million in all. Choose a smaller one."
    ),
    "animated": _("The picture is animated. Choose one that does not move."),
    "unreadable": _("This is not a PNG, JPEG or WebP picture, or the file is damaged."),
    "too_few_pixels": _("The picture is too small: at least 48 pixels a side. Choose a larger one."),
}


@dataclass(frozen=True)
class Picture:
    """A PNG, and its pixels."""

    png: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.png).hexdigest()[:32]


def read_logo(file: bytes) -> Picture:
    """Raises ValidationError, with a sentence for the admin."""
    return _read(file, _on_white)


def read_icon(file: bytes) -> Picture:
    """A square, see-through where the picture is or where it has no pixels. Raises ValidationError as `read_logo`."""
    return _read(file, _in_a_square)


def read_face(file: bytes) -> Picture:
    """A square out of the middle. Raises ValidationError, with a sentence for the person."""
    return _read(file, _cut_to_a_square)


def _read(file: bytes, draw: Callable[[Image.Image], Image.Image]) -> Picture:
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as image:
            _require_bounds(image)
            return _as_png(draw(ImageOps.exif_transpose(image).convert("RGBA")))
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _refusal("too_many_pixels") from error
    # Whatever a decoder trips over: OSError, SyntaxError, struct.error, EOFError, zlib.error …
    except Exception as error:
        raise _refusal("unreadable") from error


def _require_bounds(image: Image.Image) -> None:
    """Before a pixel of it is unpacked."""
    if max(image.size) > MOST_PIXELS or image.width * image.height > MOST_AREA:
        raise _refusal("too_many_pixels")
    # Photos of phones have a preview in them, which counts as a frame (MPO).
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise _refusal("animated")


def _on_white(upright: Image.Image, box: tuple[int, int] = BOX) -> Image.Image:
    """White where it was transparent: in the dark, mail programs invert what is behind a picture, not the picture."""
    upright.thumbnail(box, Image.Resampling.LANCZOS)
    # A new picture, so that nothing comes along: no place where a photo was taken, no profile, no text.
    drawn = Image.new("RGB", upright.size, "white")
    drawn.paste(upright, mask=upright)
    return drawn


def _in_a_square(upright: Image.Image) -> Image.Image:
    if max(upright.size) < LEAST:
        raise _refusal("too_few_pixels")
    return _in_the_middle(upright, ICON, ICON)


def _cut_to_a_square(upright: Image.Image) -> Image.Image:
    if min(upright.size) < LEAST:
        raise _refusal("too_few_pixels")
    return _on_white(ImageOps.fit(upright, (FACE, FACE), Image.Resampling.LANCZOS), (FACE, FACE))


@lru_cache(maxsize=4)
def on_white(png: bytes) -> bytes:
    """A picture of ours without transparency: phones would show black there."""
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return _as_png(_on_white(image.convert("RGBA"))).png


@lru_cache(maxsize=4)
def app_icon(png: bytes, size: int) -> bytes:
    """An icon of ours in another size, see-through where it was."""
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return _as_png(_in_the_middle(image, size, size)).png


@lru_cache(maxsize=4)
def mask_icon(png: bytes, size: int) -> bytes:
    """An icon of ours on white, so small in the middle that nothing of it is lost where its edges are cut off."""
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return _as_png(_on_white(_in_the_middle(image, int(size * UNCUT), size), (size, size))).png


def _in_the_middle(image: Image.Image, inner: int, size: int) -> Image.Image:
    fitted = ImageOps.contain(image.convert("RGBA"), (inner, inner), Image.Resampling.LANCZOS)
    drawn = Image.new("RGBA", (size, size))
    drawn.paste(fitted, ((size - fitted.width) // 2, (size - fitted.height) // 2))
    return drawn


def _as_png(drawn: Image.Image) -> Picture:
    png = BytesIO()
    drawn.save(png, "PNG", optimize=True)
    return Picture(png.getvalue(), *drawn.size)


def _refusal(code: str) -> ValidationError:
    return ValidationError(REFUSALS[code], code=code)
