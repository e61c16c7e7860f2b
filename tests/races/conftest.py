from functools import cached_property
from pathlib import Path

import pytest
from django.db import connection

from tests.factories import make_assistant, make_customer, make_person, make_session
from tests.races.rules import check_rules

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def rounds(transactional_db):
    """Several fresh scenes one after the other; after each, every rule must hold.

    for scene in rounds(): …
    """

    def play():
        # SQLite lets one writer in at a time, so there is less to find out about.
        count = 2 if connection.vendor == "sqlite" else 4
        for number in range(count):
            yield Scene(number)
            check_rules()

    return play


class Scene:
    """Amal in control, Bilal assisting, Carol their customer: new people each time."""

    def __init__(self, number):
        self.number = number
        self.amal, self.bilal = self.person("amal"), self.person("bilal")
        self.session = make_session(self.amal)
        self.primary = self.session.primary
        self.carol = make_customer(self.session)
        self.second = make_assistant(self.session, self.bilal)

    @cached_property
    def third(self):
        return make_assistant(self.session, self.person("faris"))

    def person(self, name):
        return make_person(f"{name}-{self.number}")

    def state(self):
        self.session.refresh_from_db()
        return self.session
