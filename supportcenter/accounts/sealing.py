"""Text that only this site reads: encrypted by a key out of the secret key, and read by those of former ones, too."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet

from supportcenter.derived_keys import derived_keys


def seal(purpose: str, text: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """Raises InvalidToken for what was sealed elsewhere, or for another purpose."""
    return _box(purpose).decrypt(sealed.encode()).decode()


def _box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived_keys(purpose)])
