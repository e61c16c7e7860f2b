"""The product as it runs in life, for browsers to be measured against."""

from pathlib import Path

from tests.browser.site import Site


def real_site(home, **environment):
    """A site with the demo accounts, its data under `home`; start and stop it with `with`."""
    site = Site(Path(home) / "data", **environment)
    site.prepare(policy={})
    return site
