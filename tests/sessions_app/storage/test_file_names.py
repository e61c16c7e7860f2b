import pytest

from sessions_app.storage.file_names import LONGEST, LONGEST_BYTES, clean_name, ending_of


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("تقرير نهائي.pdf", "تقرير نهائي.pdf"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\carol\\secret.txt", "secret.txt"),
        ("/etc/", "file"),
        ("..", "file"),
        ("", "file"),
        ("\u202egnp.exe", "gnp.exe"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u2066b\u2069\u200f\u061c.txt", "ab.txt"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("nul\0l.txt", "null.txt"),
        ("half\ud83d.txt", "half.txt"),
        ('a<b>c:"d"|e?f*.txt', "a_b_c__d__e_f_.txt"),
        (".htaccess", "htaccess"),
        ("  many   spaces .txt . ", "many spaces.txt"),
        ("setup.exe. . ", "setup.exe"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("console.txt", "console.txt"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_name_is_harmless_and_still_the_name(sent, kept):
    assert clean_name(sent) == kept
    assert clean_name(kept) == kept


@pytest.mark.parametrize("letter", ["a", "ك", "👩"])
def test_long_name_keeps_its_ending(letter):
    name = clean_name(letter * 500 + ".tar.gz")
    assert name.endswith(".gz")
    assert len(name) <= LONGEST
    assert len(name.encode()) <= LONGEST_BYTES


@pytest.mark.parametrize(
    ("name", "ending"), [("Setup.EXE", "exe"), ("a.tar.gz", "gz"), ("README", ""), (".profile", ""), ("ends.", "")]
)
def test_ending(name, ending):
    assert ending_of(name) == ending
