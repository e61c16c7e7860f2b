import io

import segno


def qr_picture(text: str) -> str:
    """A QR code as an SVG file, dark on light whatever the page's colours."""
    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", border=4, dark="#000", light="#fff", omitsize=True)
    return drawn.getvalue().decode()
