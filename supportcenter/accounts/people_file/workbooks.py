"""A workbook (xlsx) that a stranger may have made: looked at as an archive first, and only then read as a table."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

# Members of the archive, their bytes together, and what one piece of reading takes.
MOST_MEMBERS, MOST_UNPACKED, PIECE = 200, 24 * 1024 * 1024, 256 * 1024
# More than a table of people has, so that what is too much is said and not cut off.
MOST_LINES, MOST_CELLS = 20_010, 50
# What makes a text grow, or names something elsewhere, has no place in a table.
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
BROKEN = (
    *(BadZipFile, ParseError, zlib.error, EOFError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, RuntimeError),
)


def rows_of_workbook(content: bytes) -> Iterator[list[str]]:
    """The cells of its first sheet, as text. Raises ValidationError."""
    # Large, and needed when such a file comes.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(BytesIO(content)) as archive:
            _require_harmless(archive)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the sheet says of its own size is not believed.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_CELLS, values_only=True):
            cells = [_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            yield cells
    except ValidationError:
        raise
    except (InvalidFileException, *BROKEN) as error:
        raise ValidationError(gettext("This workbook cannot be read. Save it as xlsx once more, or as CSV.")) from error


def _require_harmless(archive: ZipFile) -> None:
    """Its size is what its members have when they are unpacked, which may be a thousand times that of the file."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        raise ValidationError(gettext("This workbook is too large when it is unpacked."))
    for each in members:
        if each.compress_type not in {ZIP_STORED, ZIP_DEFLATED} or each.flag_bits & 1:
            raise ValidationError(gettext("This workbook cannot be read. Save it as xlsx once more, or as CSV."))
        _require_plain(archive, each)


def _require_plain(archive: ZipFile, member: ZipInfo) -> None:
    """Reading ends where the archive said, whatever the packed bytes would go on to give."""
    before = b""
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            # Pictures have any bytes; of text, no other alphabet may hide a declaration.
            is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
            if is_xml and (b"\0" in piece or any(one in before + piece for one in DECLARATIONS)):
                raise ValidationError(gettext("This workbook cannot be read. Save it as xlsx once more, or as CSV."))
            before = piece[-16:]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
