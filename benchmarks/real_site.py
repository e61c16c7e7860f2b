"""The product as it runs in life, for browsers to be measured against."""

from pathlib import Path

from tests.browser.site import Site


def real_site(home):
    """A site with the demo accounts, its data under `home`; start and stop it with `with`."""
    site = Site(Path(home) / "data")
    site.prepare(policy={})
    return site
