import stat
import subprocess
import sys

import pytest

from supportcenter.environment import WrongSetting
from supportcenter.secret_key import given_or_own
from tests.environment import ROOT, site_environment

GOOD = "k3Jx9-Qw7_ZpLm2VtRb8NcYd5HsFg4Ae"


@pytest.mark.parametrize("given", ["x", "changeme", GOOD[:31], "a" * 64, "ab" * 40])
def test_key_that_can_be_guessed_starts_nothing(tmp_path, given):
    with pytest.raises(WrongSetting, match="SECRET_KEY: is too easy to guess"):
        given_or_own(given, tmp_path / "secret_key")


def test_long_random_key_is_taken(tmp_path):
    assert given_or_own(GOOD, tmp_path / "secret_key") == GOOD
    assert not (tmp_path / "secret_key").exists()


def test_without_one_the_site_makes_its_own_and_keeps_it(tmp_path):
    path = tmp_path / "data" / "secret_key"
    made = given_or_own("", path)
    assert given_or_own("", path) == made
    assert len(made) > 60
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)] == [0o600, 0o700]


def test_site_with_a_short_key_ends_with_the_sentence(tmp_path):
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=site_environment(tmp_path, SECRET_KEY="short"),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "SECRET_KEY: is too easy to guess: it needs 32 random characters or more" in run.stderr
