"""Pictures as admins upload them, made by Pillow; and what is no picture."""

from io import BytesIO

from PIL import Image, ImageDraw

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'
GREEN = (20, 140, 60, 255)


def image(size=(300, 100), colour=GREEN, mode="RGBA"):
    return Image.new("RGBA", size, colour).convert(mode)


def picture(kind="PNG", size=(300, 100), *, colour=GREEN, mode=None, **options):
    return saved(image(size, colour, mode or ("RGB" if kind == "JPEG" else "RGBA")), kind, **options)


def portrait(size=(600, 800)):
    """Something like a person, in the middle of an upright picture."""
    made = image(size, (120, 170, 200, 255), "RGB")
    brush, across, down = ImageDraw.Draw(made), size[0] // 2, size[1] // 2
    brush.ellipse((across - 220, down + 120, across + 220, down + 560), (50, 70, 110))
    brush.ellipse((across - 130, down - 180, across + 130, down + 140), (224, 172, 140))
    return saved(made, "PNG")


def animation(kind):
    frames = [image(colour=(20, 20, 20 * frame, 255), mode="RGB") for frame in range(3)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def saved(made, kind, **options):
    file = BytesIO()
    made.save(file, kind, **options)
    return file.getvalue()


def opened(file):
    return Image.open(BytesIO(file))


def noise(size):
    """A JPEG that hardly gets smaller by being packed."""
    made = Image.effect_noise(size, 100)
    return saved(made.convert("RGB"), "JPEG", quality=90)
