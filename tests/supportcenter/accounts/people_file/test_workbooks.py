"""A workbook that grows when it is unpacked, or names something elsewhere, is refused before it is read."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from supportcenter.accounts.people_file import workbooks
from supportcenter.accounts.people_file.workbooks import rows_of_workbook

UNREADABLE = "This workbook cannot be read. Save it as xlsx once more, or as CSV."
TOO_LARGE = "This workbook is too large when it is unpacked."
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def changed(content, change, *, method=ZIP_DEFLATED):
    """The workbook with each of its members changed."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(file, "w", method) as after:
        for each in before.infolist():
            after.writestr(each.filename, change(each.filename, before.read(each)))
    return file.getvalue()


def in_sheet(old, new):
    return lambda name, text: text.replace(old, new) if name == SHEET else text


def refused(content):
    with pytest.raises(ValidationError) as refusal:
        list(rows_of_workbook(content))
    return refusal.value.messages


def test_cells_are_read_as_text():
    rows = list(rows_of_workbook(workbook(["a", 1, 2.0, 2.5], [True, False, None, "نص"])))
    assert rows == [["a", "1", "2", "2.5"], ["yes", "no", "", "نص"]]


def test_what_grows_when_it_is_unpacked_is_refused(monkeypatch):
    content = workbook(["username"], ["n" * 30_000])
    assert len(list(rows_of_workbook(content))) == 2
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 30_000)
    assert len(content) < 30_000
    assert refused(content) == [TOO_LARGE]


def test_many_members_are_refused():
    file = BytesIO(workbook(["username"]))
    with ZipFile(file, "a") as archive:
        for number in range(200):
            archive.writestr(f"xl/{number}.bin", b"")
    assert refused(file.getvalue()) == [TOO_LARGE]


def test_a_size_that_is_not_true_is_refused():
    """An archive that says of itself that it is small is read no further than that."""
    content = workbook(["username"], ["n" * 30_000])
    with ZipFile(BytesIO(content)) as archive:
        size = max(each.file_size for each in archive.infolist())
    lied = content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lied != content
    assert refused(lied) == [UNREADABLE]


@pytest.mark.parametrize(
    "declared", [b'<!DOCTYPE x [<!ENTITY a "aaaa">]>', b'<!ENTITY a SYSTEM "file:///etc/hostname">']
)
def test_what_declares_its_own_words_is_refused(declared):
    content = changed(workbook(["username"]), in_sheet(b"<worksheet", declared + b"<worksheet"))
    assert refused(content) == [UNREADABLE]


def test_another_alphabet_hides_nothing():
    content = changed(
        workbook(["username"]), lambda name, text: text.decode().encode("utf-16") if name == SHEET else text
    )
    assert refused(content) == [UNREADABLE]


def test_another_way_to_pack_is_refused():
    content = changed(workbook(["username"]), lambda _name, text: text, method=ZIP_BZIP2)
    assert refused(content) == [UNREADABLE]


def test_a_sheet_is_not_believed_how_large_it_is():
    content = workbook(["username"], ["nadia"])
    lied = changed(content, in_sheet(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"'))
    assert lied != content
    assert list(rows_of_workbook(lied)) == [["username"], ["nadia"]]


def test_rows_in_between_are_counted_and_end_somewhere():
    far = in_sheet(b'<row r="2"', b'<row r="1048576"')
    content = changed(
        workbook(["username"], ["nadia"]), lambda name, text: far(name, text).replace(b'"A2"', b'"A1048576"')
    )
    assert len(list(rows_of_workbook(content))) <= workbooks.MOST_LINES


@pytest.mark.parametrize("broken", [b"PK", b"PK\x03\x04" + b"\0" * 100, workbook(["username"])[:-30]])
def test_what_is_broken_is_refused(broken):
    assert refused(broken) == [UNREADABLE]
