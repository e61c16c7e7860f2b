"""The site's own checks, found where those of each app are."""

from supportcenter.management import configuration_checks, files_key_check, outside_checks, site_checks

__all__ = ["configuration_checks", "files_key_check", "outside_checks", "site_checks"]
