"""What an uploaded picture becomes: a small PNG that holds nothing but what is seen."""

import zlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from supportcenter.accounts.pictures import FACE, ICON, Picture, on_white, read_face, read_icon, read_logo
from tests.pictures import GREEN, SVG, animation, image, opened, picture, saved

WHITE = (255, 255, 255)


def refusal(file):
    with pytest.raises(ValidationError) as refused:
        read_logo(file)
    return refused.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "becomes"),
    [((300, 100), (300, 100)), ((800, 320), (400, 160)), ((4000, 100), (400, 10)), ((50, 4000), (2, 160))],
)
def test_logo_is_a_png_that_fits(kind, size, becomes):
    logo = read_logo(picture(kind, size))
    assert (logo.width, logo.height) == becomes
    made = opened(logo.png)
    assert (made.format, made.mode, made.size) == ("PNG", "RGB", becomes)
    # As Pillow's decoders have it, of which JPEG's loses a little.
    assert all(abs(one - other) <= 2 for one, other in zip(made.getpixel((0, 0)), GREEN, strict=False))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode):
    made = Image.new("I;16", (30, 10), 65535) if mode == "I;16" else image((30, 10), (255, 255, 255, 255), mode)
    assert opened(read_logo(saved(made, "PNG")).png).getpixel((0, 0)) == WHITE


def test_cmyk_is_read():
    made = saved(Image.new("CMYK", (30, 10), (0, 0, 0, 0)), "JPEG")
    assert opened(read_logo(made).png).getpixel((0, 0)) == WHITE


def test_what_is_transparent_becomes_white():
    """Mail programs invert what is behind a picture, but not the picture."""
    made = opened(read_logo(picture(colour=(0, 0, 0, 0))).png)
    assert (made.mode, made.getpixel((0, 0))) == ("RGB", WHITE)


@pytest.mark.parametrize("read", [read_logo, read_face])
def test_nothing_is_left_of_what_is_not_seen(read):
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "made at home")
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    file = picture(pnginfo=told, exif=exif, icc_profile=b"a profile of mine" * 20, dpi=(300, 300))
    assert b"made at home" in file
    png = read(file).png
    assert [chunk for chunk in chunks(png) if chunk not in {b"IHDR", b"IDAT", b"IEND"}] == []


def chunks(png):
    at = 8
    while at < len(png):
        yield png[at + 4 : at + 8]
        at += 12 + int.from_bytes(png[at : at + 4])


def test_picture_of_a_camera_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = read_logo(picture("JPEG", (300, 100), exif=exif))
    assert (logo.width, logo.height) == (53, 160)


def test_digest_is_that_of_what_is_sent():
    green, again = read_logo(picture()), read_logo(picture("WEBP", lossless=True))
    assert green == again == Picture(green.png, 300, 100)
    assert green.digest == again.digest != read_logo(picture(colour=(1, 2, 3, 255))).digest
    assert len(green.digest) == 32


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animation_is_refused(kind):
    assert opened(animation(kind)).is_animated
    assert refusal(animation(kind)) == "animated"


def test_photo_with_a_preview_in_it_is_none():
    """Phones add a small copy of it, which Pillow takes for a second frame."""
    file = animation("MPO")
    assert opened(file).n_frames == 3
    assert read_logo(file).width == 300


@pytest.mark.parametrize("size", [(4001, 1), (1, 4001), (2001, 2000)])
def test_more_pixels_than_a_logo_has_are_refused(size):
    assert refusal(picture(size=size)) == "too_many_pixels"


def test_few_bytes_of_many_pixels_are_refused():
    """A decompression bomb: 30,000 by 30,000 pixels. Nothing of it is unpacked."""
    head = (30_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND")
    assert refusal(bomb) == "too_many_pixels"


def chunk(name, content=b""):
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


@pytest.mark.parametrize(
    "file",
    [b"", SVG, b"GIF89a", saved(image(), "GIF"), saved(image(), "TIFF"), saved(image(), "BMP"), b"%PDF-1.7"],
    ids=["nothing", "svg", "half a gif", "gif", "tiff", "bmp", "pdf"],
)
def test_other_files_are_refused(file):
    assert refusal(file) == "unreadable"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_half_a_file_is_refused(kind):
    file = saved(Image.effect_noise((200, 100), 90).convert("RGB"), kind)
    assert read_logo(file)
    assert refusal(file[: len(file) // 2]) == "unreadable"


@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_broken_file_is_refused_or_read(kind, at, bytes_):
    """Decoders fail in many ways, of which none reaches a page."""
    file = picture(kind, (40, 20))
    broken = file[:at] + bytes_ + file[at + len(bytes_) :]
    try:
        assert opened(read_logo(broken).png).format == "PNG"
    except ValidationError as error:
        assert error.code in {"unreadable", "too_many_pixels", "animated"}  # noqa: PT017 - either is right


@pytest.mark.parametrize("size", [(48, 20), (300, 100), (20, 900), (4000, 1000)])
def test_icon_is_a_square_with_the_whole_picture_in_its_middle(size):
    icon = opened(read_icon(picture(size=size)).png)
    assert (icon.format, icon.mode, icon.size) == ("PNG", "RGBA", (ICON, ICON))
    assert icon.getpixel((ICON // 2, ICON // 2)) == GREEN
    assert icon.getpixel((0, 0))[3] == (0 if size[0] != size[1] else 255)


def test_icon_on_white_is_see_through_nowhere():
    flat = opened(on_white(read_icon(picture(size=(96, 48))).png))
    assert (flat.mode, flat.getpixel((0, 0))) == ("RGB", WHITE)


def test_icon_that_would_be_coarse_is_refused():
    with pytest.raises(ValidationError, match="too small"):
        read_icon(picture(size=(47, 47)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("size", [(48, 48), (300, 100), (100, 300), (4000, 1000)])
def test_face_is_a_square(kind, size):
    face = opened(read_face(picture(kind, size)).png)
    assert (face.format, face.mode, face.size) == ("PNG", "RGB", (FACE, FACE))
    assert all(abs(one - other) <= 2 for one, other in zip(face.getpixel((0, 0)), GREEN, strict=False))


@pytest.mark.parametrize("size", [(300, 100), (100, 300)])
def test_face_is_the_middle_of_the_picture(size):
    made = image(size, (255, 0, 0, 255))
    made.paste(GREEN, ((size[0] - 100) // 2, (size[1] - 100) // 2, (size[0] + 100) // 2, (size[1] + 100) // 2))
    face = opened(read_face(saved(made, "PNG")).png)
    corners = [(at, down) for at in (12, FACE - 13) for down in (12, FACE - 13)]
    assert [face.getpixel(corner) for corner in corners] == [GREEN[:3]] * 4


def test_face_of_a_camera_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = image((100, 100), (255, 255, 255, 255))
    made.paste(GREEN, (0, 0, 100, 50))
    face = opened(read_face(saved(made.convert("RGB"), "JPEG", exif=exif)).png)
    # The upper half of what the camera saw lies to the right once it is turned.
    assert face.getpixel((FACE - 9, FACE // 2))[0] < 60
    assert face.getpixel((9, FACE // 2))[0] > 200


def test_face_is_see_through_nowhere():
    assert opened(read_face(picture(size=(96, 96), colour=(0, 0, 0, 0))).png).getpixel((0, 0)) == WHITE


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (picture(size=(47, 300)), "too_few_pixels"),
        (picture(size=(300, 47)), "too_few_pixels"),
        (picture(size=(4001, 60)), "too_many_pixels"),
        (animation("WEBP"), "animated"),
        (SVG, "unreadable"),
    ],
    ids=["narrow", "low", "wide", "animated", "svg"],
)
def test_face_that_cannot_be_drawn_is_refused(file, code):
    with pytest.raises(ValidationError) as refused:
        read_face(file)
    assert refused.value.code == code
