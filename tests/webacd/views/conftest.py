import pytest

from tests.webacd.factories import served


@pytest.fixture
def desk(client, amal):
    client.force_login(amal)
    return client


@pytest.fixture
def session_of_amal(queue, amal_agent):
    return served(queue, amal_agent)
