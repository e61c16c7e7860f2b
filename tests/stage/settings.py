"""The site with one app more: pages, sockets and jobs that do what a test of the server asks for."""

from supportcenter.settings import *  # noqa: F403
from supportcenter.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.stage"]
ROOT_URLCONF = "tests.stage.urls"
