"""A workbook (xlsx) as tests read it: its cells with the types that they have in the file."""

import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree

NAMES = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
EPOCH = datetime(1899, 12, 30)


class ReadWorkbook:
    """The only sheet of a workbook."""

    def __init__(self, content):
        self.files = zipfile.ZipFile(BytesIO(content))
        self.sheet = self._tree("xl/worksheets/sheet1.xml")
        styles = self._tree("xl/styles.xml")
        shown = {each.get("numFmtId"): each.get("formatCode") for each in styles.findall(".//x:numFmt", NAMES)}
        # Two of them are built in.
        shown |= {"46": "[h]:mm:ss"}
        self._styles = [shown.get(xf.get("numFmtId"), "") for xf in styles.findall("x:cellXfs/x:xf", NAMES)]
        self._quoted = [xf.get("quotePrefix") == "1" for xf in styles.findall("x:cellXfs/x:xf", NAMES)]

    @property
    def title(self):
        return self._tree("xl/workbook.xml").find(".//x:sheet", NAMES).get("name")

    @property
    def rows(self):
        return [[self._value(cell) for cell in row] for row in self.sheet.findall(".//x:row", NAMES)]

    @property
    def formulas(self):
        return self.sheet.findall(".//x:f", NAMES)

    @property
    def links(self):
        return self.sheet.findall(".//x:hyperlink", NAMES)

    def part(self, path):
        """The attributes of the first element of that path."""
        found = self.sheet.find(path, NAMES)
        return None if found is None else dict(found.attrib)

    def is_quoted(self, place):
        return self._quoted[int(self.sheet.find(f".//x:c[@r='{place}']", NAMES).get("s", 0))]

    def _tree(self, name):
        return ElementTree.fromstring(self.files.read(name))

    def _value(self, cell):
        if cell.get("t") == "inlineStr":
            return "".join(cell.itertext())
        number, style = float(cell.find("x:v", NAMES).text), self._styles[int(cell.get("s", 0))]
        if style.startswith("yyyy"):
            # Days with a fraction: good to the second.
            return EPOCH + timedelta(seconds=round(number * 86400))
        if style == "[h]:mm:ss":
            return timedelta(seconds=round(number * 86400))
        return f"{100 * number:g} %" if style.endswith("%") else number
