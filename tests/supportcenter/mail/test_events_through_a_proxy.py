"""Mail providers call a running site below a path, through the proxy of deploy/caddy: as they do in life."""

import shutil

import pytest

from tests.proxy import Proxy
from tests.services import NotFoundError, go_without
from tests.supportcenter.mail import provider_shapes as shapes
from tests.supportcenter.mail.event_site import EMAIL_URLS, PATHS, SECRET, WRONG, EventSite, headers_of

pytestmark = pytest.mark.process
MOUNT = "/support"


@pytest.fixture(scope="module", params=EMAIL_URLS)
def provider(request):
    return request.param


@pytest.fixture(scope="module")
def site(provider, prepared_folder, tmp_path_factory):
    try:
        proxy = Proxy(tmp_path_factory.mktemp("proxy"))
    except NotFoundError as missing:
        go_without(missing)
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("events") / "site")
    address = {"SITE_URL": f"{proxy.url}{MOUNT}", "TRUSTED_PROXIES": "1"}
    with proxy, EventSite(folder, provider, **address) as site:
        proxy.start(site)
        site.proxy, site.told = proxy, 0
        yield site


@pytest.fixture
def tell(site, provider):
    def tell(event, *, secret=SECRET):
        site.told += 1
        mark = site.has_sent(site.told)
        shape, facts = getattr(shapes, provider.replace("-", "_")), {}
        if provider == "mandrill":
            facts["url"] = f"{site.proxy.url.replace('://', f'://{SECRET}@')}{MOUNT}{PATHS[provider]}"
        body, more = shape(event, mark, **facts)
        status, _ = site.proxy.ask("POST", MOUNT + PATHS[provider], body.encode(), headers_of(more, secret))
        return status, site.states()[-1]

    return tell


def test_what_it_tells_is_noted(tell):
    assert tell("bounced") == (200, "bounced")


@pytest.mark.parametrize("secret", ["", WRONG])
def test_without_the_secret_it_is_no_provider(tell, secret):
    status, state = tell("bounced", secret=secret)
    assert status in {401, 403}
    assert state == "sent"
