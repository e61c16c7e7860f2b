import pytest

from supportcenter.accounts.sign_on.fetching import kept
from tests.identity_providers.issuer import Issuer


@pytest.fixture
def issuer(settings):
    """A provider that the settings name."""
    issuer = Issuer()
    kept.clear()
    for name, value in issuer.settings.items():
        setattr(settings, name, value)
    yield issuer
    issuer.stop()
    kept.clear()
