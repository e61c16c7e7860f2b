"""How much the site may store, set by its policy so that the disk of these tests is too small, or large enough."""

from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.models.counts import MOST_MEBIBYTES


def set_policy(**numbers):
    SitePolicy.current()
    SitePolicy.objects.update(**numbers)


def leave_no_space():
    """More has to stay free than the disk has."""
    set_policy(disk_floor_percent=100, disk_floor_mebibytes=MOST_MEBIBYTES)


def leave_space():
    set_policy(disk_floor_percent=0)
