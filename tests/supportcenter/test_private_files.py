import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from supportcenter.celery import keep_files_private
from supportcenter.private_files import keep_private


@pytest.fixture(autouse=True)
def umask_again():
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    return folder


def test_folder_that_others_could_read_is_closed(folder):
    keep_private(folder)
    assert mode(folder) == "0o700"


def test_folder_is_made_for_its_account_alone(tmp_path):
    keep_private(tmp_path / "new")
    assert mode(tmp_path / "new") == "0o700"


def test_what_is_written_from_then_on_is_for_its_account_alone(folder):
    keep_private(folder)
    (folder / "database").touch()
    (folder / "mail").mkdir()
    assert [mode(folder / "database"), mode(folder / "mail")] == ["0o600", "0o700"]


def test_folder_that_many_share_stays_open(folder, caplog):
    folder.chmod(0o1777)
    keep_private(folder)
    assert mode(folder) == "0o1777"
    assert "Other accounts of this machine may read" in caplog.text


def test_link_is_not_followed(folder, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(folder)
    keep_private(link)
    assert mode(folder) == "0o755"


def test_workers_and_the_clock_keep_it_private_too(folder, settings):
    settings.DATA_DIR = folder
    keep_files_private()
    assert mode(folder) == "0o700"


def test_uploads_are_for_its_account_alone(settings, tmp_path):
    name = storages["default"].save("kept/file", ContentFile(b"text"))
    assert [mode(settings.MEDIA_ROOT / name), mode(settings.MEDIA_ROOT / "kept")] == ["0o600", "0o700"]
