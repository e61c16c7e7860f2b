import pytest

from tests.webacd.factories import make_queue


@pytest.fixture
def billing(bilal_agent):
    return make_queue("billing", agents=[bilal_agent])


@pytest.fixture
def session(amal_agent, session):
    return session
