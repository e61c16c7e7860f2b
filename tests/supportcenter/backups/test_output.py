"""The file of a backup is there when it is whole, and for its owner alone."""

import errno
import gzip
import io
import os
import shutil
import stat
import subprocess

import pytest

from supportcenter.backups.errors import NoBackup
from supportcenter.backups.output import file_of_backup
from supportcenter.backups.verifying import verify
from supportcenter.disks import disk_of
from tests.environment import ROOT
from tests.site_process import SiteProcess

pytestmark = pytest.mark.django_db


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_file_is_there_under_its_name_when_it_is_whole(tmp_path):
    path, partial = tmp_path / "b.tar", tmp_path / "b.tar.partial"
    with file_of_backup(path) as output:
        output.write(b"all of it")
        output.flush()
        assert (path.exists(), partial.read_bytes(), mode(partial)) == (False, b"all of it", 0o600)
    assert (path.read_bytes(), partial.exists(), mode(path)) == (b"all of it", False, 0o600)


@pytest.mark.process
def test_backup_goes_to_standard_output_and_to_nothing_else(prepared_folder, tmp_path):
    site = SiteProcess(shutil.copytree(prepared_folder, tmp_path / "site"))
    command = [*site.program, "backup", "-"]
    done = subprocess.run(command, env=site.environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    assert verify(io.BytesIO(done.stdout)).members["rows"] > 20


@pytest.mark.parametrize("name", ["b.tar.gz", "b.tgz"])
def test_file_is_packed_by_its_name(tmp_path, name):
    with file_of_backup(tmp_path / name) as output:
        output.write(b"a" * 10_000)
    packed = (tmp_path / name).read_bytes()
    assert len(packed) < 1000
    assert gzip.decompress(packed) == b"a" * 10_000


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz"])
def test_nothing_is_left_of_what_failed(tmp_path, name):
    def write():
        with file_of_backup(tmp_path / name) as output:
            output.write(b"the first half")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_partial_file_that_others_could_read_is_closed_to_them(tmp_path):
    (tmp_path / "b.tar.partial").touch(mode=0o644)
    with file_of_backup(tmp_path / "b.tar"):
        assert mode(tmp_path / "b.tar.partial") == 0o600


def test_file_that_is_there_is_not_replaced(tmp_path):
    (tmp_path / "b.tar").write_text("yesterday's")
    with pytest.raises(NoBackup, match="is there already"), file_of_backup(tmp_path / "b.tar"):
        pass
    assert (tmp_path / "b.tar").read_text() == "yesterday's"


def test_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NoBackup, match="There is no folder"), file_of_backup(tmp_path / "nowhere" / "b.tar"):
        pass


def test_disk_with_too_little_room_is_said_before_anything_is_written(tmp_path):
    media = tmp_path / "media" / "files"
    media.mkdir(parents=True)
    (media / "film.webm").touch()
    # A hole, which takes no room.
    os.truncate(media / "film.webm", disk_of(tmp_path).free + 10**9)
    with pytest.raises(NoBackup, match="has too little room"), file_of_backup(tmp_path / "b.tar"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["media"]
