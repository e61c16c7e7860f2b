import pytest
from django.test import Client

from sessions_app.rules.seats import seat_cookie


@pytest.fixture
def desk(client, amal, session):
    """Amal's browser."""
    client.force_login(amal)
    return client


@pytest.fixture
def seat(session, carol):
    """Carol's browser."""
    client = Client()
    client.cookies[seat_cookie(session.key)] = carol.new_seat()
    return client
