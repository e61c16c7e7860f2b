import tomllib

from supportcenter.version import VERSION
from tests.source import ROOT


def test_version_is_the_one_of_the_package():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION
