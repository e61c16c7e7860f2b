"""The secret key: from the environment, else made at the first run and kept in DATA_DIR."""

import contextlib
import os
import secrets
from pathlib import Path

from supportcenter.environment import WrongSetting

# What a guess has to find; of a text typed on a keyboard, or copied from an example, more is asked than length.
SHORTEST, FEWEST_DIFFERENT = 32, 10


def given_or_own(given: str, path: Path) -> str:
    """The key of the environment or, if that is empty, the one kept in `path`.

    Raises WrongSetting for one that can be guessed: with it seats, links and sign-ins can be forged.
    """
    if given and (len(given) < SHORTEST or len(set(given)) < FEWEST_DIFFERENT):
        raise WrongSetting(
            "SECRET_KEY",
            f"is too easy to guess: it needs {SHORTEST} random characters or more, at least "
            f"{FEWEST_DIFFERENT} of them different. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )
    try:
        return given or read_or_create(path)
    except OSError as error:
        raise WrongSetting("DATA_DIR", f"{path.parent} cannot be used: {error.strerror}.") from error


def read_or_create(path: Path) -> str:
    """Return the key kept in `path`; the first process to ask makes it, readable by its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        # A link never replaces an existing file: of two first processes one wins, and both read its key.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()
