"""The logo that an admin has uploaded, for one test of a site that others share."""

from contextlib import contextmanager

GIVE = """
from supportcenter.accounts.actions.pictures import give_logo
from supportcenter.accounts.pictures import read_logo
from supportcenter.accounts.models import User
from tests.pictures import picture
give_logo(read_logo(picture(size={size})), by=User.objects.get(username="dana"))
"""
REMOVE = """
from supportcenter.accounts.actions.pictures import remove_logo
from supportcenter.accounts.models import User
remove_logo(by=User.objects.get(username="dana"))
"""


@contextmanager
def logo_of(site, size):
    site.run(GIVE.format(size=size))
    try:
        yield
    finally:
        site.run(REMOVE)
