"""The coturn that is installed, and the current one, which an image would bring."""

import tempfile
from pathlib import Path

import pytest

from tests.relay.current import current_coturn
from tests.relay.relay import Certificates, Relay


def folder_of_all():
    """One that coturn can read, who is nobody where tests are root; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


home = pytest.fixture(folder_of_all)
home_of_all = pytest.fixture(folder_of_all, scope="module")
home_of_current = pytest.fixture(folder_of_all, scope="session")


@pytest.fixture(scope="session")
def current(home_of_current):
    return current_coturn(home_of_current)


@pytest.fixture(scope="module", params=["installed", "current"])
def program(request):
    """None for the installed one."""
    return request.getfixturevalue("current") if request.param == "current" else None


@pytest.fixture(scope="module")
def relay(program, home_of_all):
    """As it is shipped, with a certificate; and a second address, so that it has a way to peers of IPv6 at all."""
    home = home_of_all / ("current" if program else "installed")
    home.mkdir()
    certificates = Certificates(home)
    certificates.issue()
    with Relay(home, "--relay-ip=::1", program=program) as relay:
        relay.certificates = certificates
        yield relay
