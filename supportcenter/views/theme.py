from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from supportcenter.views.contrast import BLACK, WHITE, Colour, ink_on, parse, readable_on, to_css

# What accent text stands on: the hover surface of tokens.css, in either scheme the hardest ground to read on.
LIGHT_GROUND, DARK_GROUND = parse("eceef2"), parse("232831")


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request: HttpRequest, accent: str) -> HttpResponse:
    """The site's accent colour as a stylesheet: the policy forbids inline style, and text on it must stay readable.

    The colour is in the address, so the answer never changes and a page costs no further request.
    """
    return HttpResponse(stylesheet(parse(accent)), content_type="text/css; charset=utf-8")


def stylesheet(accent: Colour) -> str:
    light = _rule(accent, ground=LIGHT_GROUND, towards=BLACK)
    dark = _rule(accent, ground=DARK_GROUND, towards=WHITE)
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n"


def _rule(accent: Colour, *, ground: Colour, towards: Colour) -> str:
    # A fill need only be seen as a shape, so that the brand's colour stays what it is; a text must be read.
    fill = readable_on(ground, accent, towards=towards, ratio=1.6)
    ink = readable_on(ground, accent, towards=towards, ratio=5.2)
    colours = f"--accent: {to_css(fill)}; --accent-ink: {to_css(ink)}; --on-accent: {to_css(ink_on(fill))};"
    return f":root {{ {colours} }}"
