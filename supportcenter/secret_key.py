"""The secret key: from the environment, else made at the first run and kept in DATA_DIR."""

import contextlib
import os
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from supportcenter.environment import WrongSetting

# What a guess has to find; of a text typed on a keyboard, or copied from an example, more is asked than length.
SHORTEST, FEWEST_DIFFERENT = 32, 10


# Beside the key's own file: a former key on each line, behind the day until which it was the present one.
FORMER = "secret_key_fallbacks"


class FormerKey(NamedTuple):
    until: date
    key: str


def given_or_own(given: str, path: Path) -> str:
    """The key of the environment or, if that is empty, the one kept in `path`.

    Raises WrongSetting for one that can be guessed: with it seats, links and sign-ins can be forged.
    """
    if given:
        refuse_easy("SECRET_KEY", given)
    try:
        return given or read_or_create(path)
    except OSError as error:
        raise WrongSetting("DATA_DIR", f"{path.parent} cannot be used: {error.strerror}.") from error


def former_keys(given: Sequence[str], path: Path) -> list[str]:
    """Those of the environment, then those kept beside the site's own key, which is in `path`. Raises WrongSetting."""
    for key in given:
        refuse_easy("SECRET_KEY_FALLBACKS", key)
    return list(dict.fromkeys([*given, *(former.key for former in kept_former_keys(path))]))


def kept_former_keys(path: Path) -> list[FormerKey]:
    """The latest first. Raises WrongSetting."""
    try:
        lines = path.with_name(FORMER).read_text().splitlines()
        words = [line.split(" ", 1) for line in lines if line.strip()]
        return [FormerKey(date.fromisoformat(day), key) for day, key in words]
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise WrongSetting("DATA_DIR", f"{path.with_name(FORMER)} cannot be read: {error}.") from error


def exchange(path: Path, today: date) -> None:
    """Make another key, and keep the one in `path` as a former one. Whenever it breaks off, none is lost."""
    present = FormerKey(today, path.read_text().strip())
    _keep_former(path, [present, *(each for each in kept_former_keys(path) if each.key != present.key)])
    _replace(path, secrets.token_urlsafe(50))


def drop_former(path: Path) -> list[FormerKey]:
    """Give up all former keys, which are returned."""
    dropped = kept_former_keys(path)
    path.with_name(FORMER).unlink(missing_ok=True)
    return dropped


def refuse_easy(name: str, key: str) -> None:
    """Raises WrongSetting."""
    if len(key) < SHORTEST or len(set(key)) < FEWEST_DIFFERENT:
        raise WrongSetting(
            name,
            f"is too easy to guess: it needs {SHORTEST} random characters or more, at least "
            f"{FEWEST_DIFFERENT} of them different. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )


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


def _keep_former(path: Path, keys: Sequence[FormerKey]) -> None:
    _replace(path.with_name(FORMER), "".join(f"{each.until.isoformat()} {each.key}\n" for each in keys))


def _replace(path: Path, text: str) -> None:
    """In one step, and on the disk before anything else follows."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
