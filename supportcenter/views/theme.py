from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from supportcenter.colours import BLACK, DARK, WHITE, Colour, ink_on, mix, parse, readable_on, to_css

# What accent text stands on: the hover surface of tokens.css, in either scheme the hardest ground to read on.
LIGHT_GROUND, DARK_GROUND = parse("eceef2"), parse("232831")


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request: HttpRequest, accent: str, ground: str = "") -> HttpResponse:
    """The site's colours as a stylesheet: the policy forbids inline style, and text on them must stay readable.

    The colours are in the address, so the answer never changes and a page costs no further request.
    """
    sheet = stylesheet(parse(accent), parse(ground) if ground else None)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


def stylesheet(accent: Colour, ground: Colour | None = None) -> str:
    light = _rule(accent, ground=LIGHT_GROUND, towards=BLACK, canvas=ground)
    # A breath of the colour: what is light in the day would dazzle at night.
    dark = _rule(accent, ground=DARK_GROUND, towards=WHITE, canvas=ground and mix(DARK, ground, 0.06))
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n"


def _rule(accent: Colour, *, ground: Colour, towards: Colour, canvas: Colour | None) -> str:
    # A fill need only be seen as a shape, so that the brand's colour stays what it is; a text must be read.
    fill = readable_on(ground, accent, towards=towards, ratio=1.6)
    ink = readable_on(ground, accent, towards=towards, ratio=5.2)
    colours = f"--accent: {to_css(fill)}; --accent-ink: {to_css(ink)}; --on-accent: {to_css(ink_on(fill))};"
    # The administration has an `--accent` of its own.
    colours += f" --site-accent: {to_css(fill)};"
    behind = f" --canvas: {to_css(canvas)};" if canvas else ""
    return f":root {{ {colours}{behind} }}"
