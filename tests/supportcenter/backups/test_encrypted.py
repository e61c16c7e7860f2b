"""Encrypted files in a backup: as they lie there. Their keys are in none."""

import io

import pytest

from supportcenter.backups.making import make_backup
from supportcenter.backups.verifying import verify
from supportcenter.files_keys import key_of
from tests.site_process import SiteProcess
from tests.supportcenter.backups.conftest import nobody_listens
from tests.supportcenter.backups.test_restore import contents, refusal, run

KEY = bytes(range(32))
TEXT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("disk")]


@pytest.fixture(autouse=True)
def key(settings):
    settings.FILES_KEYS = [KEY]


def test_files_and_uploads_are_in_it_as_they_lie_there(full_site):
    output = io.BytesIO()
    assert make_backup(output, nobody_listens) == []
    found = verify(output)
    # One that is kept, an upload with its digests, and a piece of a recording.
    assert (found.marks, found.members["media"], found.members["parts"]) == ({key_of(KEY).mark: 4}, 1, 3)
    whole = output.getvalue()
    assert b"what went wrong" not in whole
    assert b"the first piece" not in whole
    assert KEY not in whole


@pytest.mark.process
def test_restore_asks_for_the_key_that_files_need(backup, tmp_path):
    site = SiteProcess(tmp_path / "site")
    said = refusal(site, str(backup))
    assert "4 files of the backup are encrypted with a key that FILES_KEY does not have" in said
    assert key_of(KEY).mark.hex() in said
    keyed = SiteProcess(tmp_path / "keyed", FILES_KEY=TEXT)
    keyed.do("restore", str(backup))
    _, said = run(keyed, "rotate_files_key", "--check")
    assert "1 kept with the newest key" in said
    (name,) = [name for name in contents(backup) if name.startswith("media/")]
    assert (keyed.data_dir / name).read_bytes() == contents(backup)[name]
    site.do("restore", "--without-files-key", str(backup))
    _, said = run(site, "rotate_files_key", "--check")
    assert "FILES_KEY lacks the key of 4" in said
