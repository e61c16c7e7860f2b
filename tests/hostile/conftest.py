import shutil

import pytest

from tests.hostile.party import HonestParty
from tests.hostile.scene import Site


@pytest.fixture(scope="package")
def site(prepared_folder, tmp_path_factory):
    """One process and SQLite, behind a proxy that says who asks; for all tests, since none of them may harm it."""
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("hostile") / "site")
    with Site(folder, TRUSTED_PROXIES="1") as site:
        yield site


@pytest.fixture(scope="package")
def scene(site):
    return site.scene()


@pytest.fixture(scope="package")
def party(site, scene):
    return HonestParty(scene, site.port)


@pytest.fixture
async def guests(party, site):
    """The honest people with their pages open. In the end they have missed nothing, and the site is well."""
    before = len(site.lines)
    async with party.gathered():
        yield party
        assert await party.report() == []
    await site.is_well()
    assert "Traceback" not in "".join(site.lines[before:])
