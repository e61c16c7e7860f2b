import pytest

from tests.webacd.factories import make_agent, make_queue


@pytest.fixture
def amal_agent(amal):
    return make_agent(amal)


@pytest.fixture
def bilal_agent(bilal):
    return make_agent(bilal)


@pytest.fixture
def queue(amal_agent):
    """A queue that amal serves."""
    return make_queue(agents=[amal_agent])
