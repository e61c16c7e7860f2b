import pytest

from tests.factories import make_assistant


@pytest.fixture
def assistant(session, bilal):
    return make_assistant(session, bilal)
