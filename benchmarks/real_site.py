"""The product as it runs in life, for browsers to be measured against."""

from pathlib import Path

from tests.browser.site import Site
from tests.site_process import SiteProcess


def real_site(home):
    """A site with the demo accounts, its data under `home`; start and stop it with `with`."""
    prepared = Path(home) / "prepared"
    assert SiteProcess(prepared).manage("prepare").wait() == 0
    return Site(prepared, Path(home) / "data").with_people(policy={})
