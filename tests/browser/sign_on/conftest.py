"""A site that real identity providers of this machine let people in to."""

import shutil

import pytest

from tests.browser.conftest import SignedIn
from tests.browser.sign_on.comer import Comer
from tests.browser.site import Site
from tests.browser.words import Words
from tests.identity_providers import OpenId, Saml
from tests.services import NotFoundError, go_without


@pytest.fixture(scope="package")
def providers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("providers")
    try:
        with OpenId(folder) as openid, Saml(folder) as saml:
            yield openid, saml
    except NotFoundError as missing:
        go_without(missing)


@pytest.fixture(scope="package")
def site(folder_with_people, tmp_path_factory, providers):
    folder = shutil.copytree(folder_with_people, tmp_path_factory.mktemp("sign_on") / "data")
    groups = {"SSO_REPRESENTATIVES": "support", "SSO_MANAGERS": "leads"}
    told = {name: value for each in providers for name, value in each.settings.items()}
    site = Site(folder, **groups, **told)
    for each in providers:
        each.start(site.url)
    with site:
        yield site


@pytest.fixture(scope="package")
def signed_in(site, browser):
    return SignedIn(site, browser)


@pytest.fixture
def words():
    """The providers' pages are in English."""
    return Words("en")


@pytest.fixture
def openid(providers):
    return providers[0]


@pytest.fixture
def saml(providers):
    return providers[1]


@pytest.fixture
def grace(new_context, site, words, providers, watch):
    # What the providers' own pages lack, such as an icon or a font, is not this site's.
    watch.expect(r"fonts\.googleapis\.com", *(rf"127\.0\.0\.1:{each.port}/" for each in providers))
    return Comer(new_context(locale=words.locale), site, words)
