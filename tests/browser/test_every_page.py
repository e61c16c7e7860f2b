"""Every page that stands still: nothing too wide, covered or too small at any width, and axe finds nothing serious."""

import pytest

from tests.browser.faults import MISPLACED, serious_faults
from tests.browser.screens.pages import OF_A_CSR, OF_A_LEAD, OF_A_MANAGER, PUBLIC

# Pages of Django's own administration, and those that stand among them.
ADMIN = ("/admin/", "/setup/")
MISSING = PUBLIC["not found"]
SIZES = [(1440, 900), (768, 1024), (390, 844)]


@pytest.fixture(params=["stranger", "amal", "bilal", "dana"])
def reader(request, customers, new_csr):
    """A page, and the addresses that its reader opens."""
    addresses = {"stranger": PUBLIC, "amal": OF_A_CSR, "bilal": OF_A_LEAD, "dana": OF_A_MANAGER}[request.param]
    person = customers.stranger() if request.param == "stranger" else new_csr(request.param)
    ours = [address for address in addresses.values() if not address.startswith(ADMIN)]
    return person.open("/"), person.site.url, ours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_no_fault(reader, scheme, watch):
    watch.expect(rf"404 \(Not Found\).*{MISSING}")
    page, site, addresses = reader
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for address in addresses:
        response = page.goto(site + address)
        assert (response.status, page.url) == (404 if address == MISSING else 200, site + address)
        found = serious_faults(page)
        if scheme == "light":
            found += misplaced(page)
        if found:
            faults[address] = found
    assert faults == {}


def misplaced(page):
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px: {fault}" for fault in page.evaluate(MISPLACED)]
    page.set_viewport_size({"width": 1440, "height": 900})
    return found
