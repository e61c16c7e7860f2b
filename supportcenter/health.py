"""The site's own checks, found where those of each app are."""

from supportcenter.management import configuration_checks, outside_checks, site_checks

__all__ = ["configuration_checks", "outside_checks", "site_checks"]
