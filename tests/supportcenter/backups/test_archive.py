"""An archive is looked through before anything is changed: whole, unharmed, and with nothing in it that is not ours."""

import gzip
import io
import tarfile

import pytest

from supportcenter.backups.archive import MANIFEST, Writer, is_ours, members
from supportcenter.backups.errors import NoBackup
from supportcenter.backups.facts import Facts
from supportcenter.backups.verifying import verify

FACTS = Facts(1, "0.1.0", "2026-11-29T05:00:00+00:00", "https://a.test", "sqlite", "key", "kept", [("live", "0001_x")])


def archive(**files):
    output = io.BytesIO()
    writer = Writer(output)
    writer.add("backup.json", FACTS.as_json())
    for name, content in files.items():
        writer.add(name, content)
    writer.missing.append("media/gone.txt")
    writer.close()
    return output.getvalue()


WHOLE = archive(**{"rows/live.event/000000.jsonl": b"{}\n", "media/files/a.txt": b"what was sent" * 100})


def why_not(content):
    with pytest.raises(NoBackup) as refused:
        verify(io.BytesIO(content))
    return str(refused.value)


def packed_by_hand(*entries):
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return output.getvalue()


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["tar", "tar.gz"])
def test_whole_archive_says_what_it_is(pack):
    found = verify(io.BytesIO(pack(WHOLE)))
    assert found.facts == FACTS
    assert found.bytes == {"rows": 3, "media": 1300}
    assert found.members == {"rows": 1, "media": 1}
    assert found.missing == ["media/gone.txt"]


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\0" * 100, b"PK\3\4" * 200, gzip.compress(b"words", mtime=0)],
    ids=["empty", "sqlite", "zip", "gz"],
)
def test_other_file_is_no_backup(content):
    assert why_not(content).startswith("This is no backup of a support center")


def test_other_archive_is_no_backup():
    assert why_not(packed_by_hand((tarfile.TarInfo("media/a.txt"), b"a"))) == "This is no backup of a support center."


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["tar", "tar.gz"])
def test_archive_cut_off_anywhere_is_refused(pack):
    content = pack(WHOLE)
    # Beyond that there is nothing that a list could tell of.
    end = len(content) * 9 // 10 if pack is gzip.compress else content.index(MANIFEST.encode())
    for length in range(0, end, max(1, end // 40)):
        assert why_not(content[:length])


def test_changed_byte_is_found_and_named():
    changed = WHOLE.replace(b"what was sent", b"what was SENT", 1)
    assert why_not(changed) == "The backup is damaged: media/files/a.txt is not as it was written."


def test_what_follows_its_end_is_refused():
    output = io.BytesIO(WHOLE)
    with tarfile.open(fileobj=output, mode="a") as tar:
        tar.addfile(tarfile.TarInfo("media/more.txt"), io.BytesIO())
    assert why_not(output.getvalue()) == "The backup goes on after its end: it is not as it was written."


def test_member_that_the_list_does_not_have_is_refused():
    head = WHOLE[: WHOLE.index(b"media/files/a.txt")]
    added = packed_by_hand((tarfile.TarInfo("media/more.txt"), b"more")).rstrip(b"\0")
    assert why_not(head + added + bytes(-len(added) % 512) + WHOLE[len(head) :])


NAMES = [
    "../a",
    "/etc/a",
    "media/../../a",
    "media//a",
    "media/./a",
    "media",
    "media/",
    "elsewhere/a",
    "media/a\\b",
    "a",
]


@pytest.mark.parametrize("name", [*NAMES, "media/a\0b", "media/" + "a" * 1000, "keys/other", "rows/../keys/secret_key"])
def test_name_that_leads_elsewhere_is_refused(name):
    assert not is_ours(name)
    content = packed_by_hand((tarfile.TarInfo("backup.json"), FACTS.as_json()), (tarfile.TarInfo(name), b"a"))
    assert why_not(content)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_member_that_is_no_file_is_refused(kind):
    link = tarfile.TarInfo("media/link")
    link.type, link.linkname = kind, "media/a.txt"
    content = packed_by_hand((tarfile.TarInfo("backup.json"), FACTS.as_json()), (link, b""))
    assert why_not(content) == "The backup has a member that is none of ours: 'media/link'"


def test_form_of_a_later_release_is_refused_with_its_name():
    later = FACTS.as_json().replace(b'"format": 1', b'"format": 2').replace(b"0.1.0", b"7.0.0")
    assert "made by release 7.0.0" in why_not(packed_by_hand((tarfile.TarInfo("backup.json"), later)))


def test_members_are_read_in_their_order():
    with members(io.BytesIO(WHOLE)) as each:
        assert [(member.folder, member.rest) for member in each] == [
            ("backup.json", ""),
            ("rows", "live.event/000000.jsonl"),
            ("media", "files/a.txt"),
            ("manifest.jsonl", ""),
        ]
