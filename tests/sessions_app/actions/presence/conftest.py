import pytest

from tests.factories import be_here

PAGE, SECRET = "page-1", "tab-1"


@pytest.fixture
def primary(session):
    return be_here(session.primary, page=PAGE, secret=SECRET)
