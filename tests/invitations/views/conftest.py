import pytest


@pytest.fixture
def desk(client, amal):
    """Amal's browser."""
    client.force_login(amal)
    return client
