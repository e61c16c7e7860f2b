"""A link as a QR code, drawn on the server: no other service learns of it (S21)."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

# Light modules around it, without which phones do not find it.
QUIET_ZONE = 4


# The code takes longer to make than the rest of the panel, and a link stays the same for a minute.
@lru_cache(maxsize=64)
def qr_code(link: str) -> SafeString:
    """An SVG without a size of its own, dark on light whatever the page's colours: many phones read nothing else."""
    code = segno.make_qr(link, error="m")
    drawn = code.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - coordinates alone, nothing of the link
