"""The settings of the process that runs the tests: the product's, in the environment of tests."""

from tests.environment import settle_in

settle_in()

from supportcenter.settings import *  # noqa: E402, F403 - it reads the environment

# pytest-django has an outbox of its own.
MAIL_IS_SET_UP = True
