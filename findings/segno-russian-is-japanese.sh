#!/usr/bin/env bash
# A Russian greeting as a QR code: which bytes are in it?
#
# Guessed: UTF-8, as in the codes of Arabic, Ukrainian and accented Greek texts that the same call makes.
# Really:  Shift JIS. That has the Russian and the unaccented Greek alphabet, and segno tries it before UTF-8. A word of these
#          letters alone is in kanji mode; with a blank or a digit it is bytes of Shift JIS, and nothing in the code says so (no
#          ECI). One letter that Japan's standard lacks, as in Ukrainian, and the same text is UTF-8. zxing-cpp guesses right.
#          OpenCV does not: of the kanji it hands out the bytes as if they were UTF-8, so that its Python module raises
#          UnicodeDecodeError; the bytes it takes for Latin-1, which looks like "Pyru 1" with odd characters between.
# Matters: a code of a name, a greeting or a wireless network's name is read in all tests and most languages, and not in two
#          alphabets. Say make_qr(text, encoding="utf-8"); a link is the same code either way.
# Seen with segno 1.6.6, zxing-cpp 3.1.1 and opencv-python-headless 5.0.0.93, on Python 3.11.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0 \
  opencv-python-headless==5.0.0.93
cat > "$folder/look.py" <<'PYTHON'
import io

import cv2
import numpy
import segno
import zxingcpp
from PIL import Image


def by_opencv(image):
    try:
        return cv2.QRCodeDetector().detectAndDecode(image)[0]
    except UnicodeDecodeError:
        return "(UnicodeDecodeError)"


for text in ("Привет", "Привет 1", "Привіт", "Καλημερα", "مرحبا"):
    for chosen in ({}, {"encoding": "utf-8"}):
        code, file = segno.make_qr(text, **chosen), io.BytesIO()
        code.save(file, kind="png", scale=8)
        image = numpy.array(Image.open(file).convert("L"))
        read = (zxingcpp.read_barcodes(image)[0].text, by_opencv(image))
        print(text, *chosen.values(), f"{code.mode}:", *("read" if each == text else ascii(each) for each in read))
PYTHON
"$folder/venv/bin/python" "$folder/look.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
Привет kanji: read '(UnicodeDecodeError)'
Привет utf-8 byte: read read
Привет 1 byte: read '\x84P\x84\x82\x84y\x84r\x84u\x84\x84 1'
Привет 1 utf-8 byte: read read
Привіт byte: read read
Привіт utf-8 byte: read read
Καλημερα kanji: read '(UnicodeDecodeError)'
Καλημερα utf-8 byte: read read
مرحبا byte: read read
مرحبا utf-8 byte: read read
SEEN
