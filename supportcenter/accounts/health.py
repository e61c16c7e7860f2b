"""What `manage.py doctor` looks at of identity providers."""

from supportcenter.accounts.sign_on import checks

__all__ = ["checks"]
