"""The one reader of the environment and of `.env`: typed, and with one line for a value that cannot be used.

Empty means absent, for every setting. A name set in the environment, be it to nothing, hides the same name in the file.
"""

import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values

from supportcenter.misspelt import meant_by

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Of the shell: what a command ends with that was used wrongly.
WRONG_USE = 2


class WrongSetting(ImproperlyConfigured):
    """The site does not start with this value: `why` says what is wrong with it, and what would be right."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(f"{name}: {why}")


Kind: TypeAlias = Literal["text", "number", "flag", "names", "path", "address"]


class Asked(NamedTuple):
    """How a setting was asked for: what it may be, and what it is where it is absent."""

    kind: Kind
    default: str | int | bool | list[str] | Path
    least: int | None = None
    most: int | None = None
    one_of: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()


class Environment:
    """Settings by name. Each method returns the default for a name that is absent, and raises WrongSetting.

    What a message quotes of a value is never part of an address, which may hold a password.
    """

    def __init__(self, given: Mapping[str, str], file: Path, *, of_others: Collection[str] = ()) -> None:
        """`ENV_FILE` in `given` names another file than `file`, and has to exist. `of_others`: what others read."""
        # By name, in the order of asking.
        self.asked: dict[str, Asked] = {}
        self._of_others = frozenset(of_others)
        self._values = {name: value for name, value in given.items() if value.strip()}
        other = self._value("ENV_FILE", Asked("path", file))
        if other and (not Path(other).exists() or Path(other).is_dir()):
            raise WrongSetting("ENV_FILE", f"there is no file {other}.")
        in_file = {name: value for name, value in _lines_of(Path(other or file)).items() if value and value.strip()}
        self._values = {**{name: value for name, value in in_file.items() if name not in given}, **self._values}

    @property
    def known(self) -> Collection[str]:
        return self.asked.keys() | self._of_others

    def text(self, name: str, default: str = "", *, one_of: Collection[str] = (), verbatim: bool = False) -> str:
        """`verbatim`: with the blanks around it, which may be part of a password."""
        value = self._value(name, Asked("text", default, one_of=tuple(one_of)), verbatim=verbatim)
        if value is not None and one_of and value not in one_of:
            raise WrongSetting(name, f"“{value}” is not one of {', '.join(sorted(one_of))}.")
        return default if value is None else value

    def number(self, name: str, default: int, *, least: int = 1, most: int | None = None) -> int:
        value = self._value(name, Asked("number", default, least=least, most=most))
        if value is None:
            return default
        try:
            found = int(value)
        except ValueError:
            raise WrongSetting(name, f"“{value}” is not a whole number.") from None
        if found < least or (most is not None and found > most):
            bounds = f"at least {least}" if most is None else f"between {least} and {most}"
            raise WrongSetting(name, f"must be {bounds}, not {found}.")
        return found

    def flag(self, name: str, default: bool) -> bool:
        value = self._value(name, Asked("flag", default))
        if value is None:
            return default
        if value.lower() not in YES | NO:
            raise WrongSetting(name, f"“{value}” is neither yes nor no: write 1 or 0.")
        return value.lower() in YES

    def names(self, name: str, default: list[str]) -> list[str]:
        """What stands between commas."""
        value = self._value(name, Asked("names", default))
        return default if value is None else [part.strip() for part in value.split(",") if part.strip()]

    def path(self, name: str, default: Path) -> Path:
        value = self._value(name, Asked("path", default))
        return default if value is None else Path(value)

    def url(self, name: str, default: str = "", *, schemes: Collection[str]) -> str:
        """An address with one of these schemes, and a host unless it names a file."""
        value = self._value(name, Asked("address", default, schemes=tuple(schemes)))
        if value is not None:
            address_in(name, value, schemes)
        return default if value is None else value

    def mistaken_names(self) -> dict[str, str]:
        """Names that are set and nobody reads, each with the one that was probably meant."""
        unread = self._values.keys() - self.known
        found = {name: meant_by(name, self.known) for name in sorted(unread)}
        return {name: meant for name, meant in found.items() if meant}

    def _value(self, name: str, asked: Asked, *, verbatim: bool = False) -> str | None:
        self.asked.setdefault(name, asked)
        value = self._values.get(name)
        return value if value is None or verbatim else value.strip()


def _lines_of(file: Path) -> dict[str, str | None]:
    """As they are written: a `$` in a password is no variable. Raises WrongSetting."""
    try:
        return dotenv_values(file, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not written in UTF-8"
        raise WrongSetting("ENV_FILE", f"{file} cannot be read: {why}.") from None


def address_in(name: str, value: str, schemes: Collection[str]) -> SplitResult:
    """The parts of the address that the setting `name` gives. Raises WrongSetting."""
    wanted = f"an address that starts with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    try:
        parts = urlsplit(value)
        has_place = bool(parts.hostname) and parts.port != 0
        if NO_ESCAPE.search(f"{parts.username}{parts.password}"):
            raise ValueError
        # A password that was cut in two at one of # / ?, before the @ that ends it.
        if "@" in parts.path + parts.query + parts.fragment and not parts.username:
            raise ValueError
    except ValueError:
        raise WrongSetting(
            name,
            f"cannot be read as {wanted}, with a port up to 65535. In a password, write everything but letters and "
            "digits as %XX.",
        ) from None
    if parts.scheme not in schemes:
        raise WrongSetting(name, f"must be {wanted}.")
    if not has_place and not (parts.path.strip("/") and parts.scheme in {"unix", "sqlite"}):
        raise WrongSetting(name, f"must be {wanted}, with the name of a host.")
    return parts


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Inside, a wrong setting ends the process with its one line and 2, whatever started it."""
    try:
        yield
    except WrongSetting as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(WRONG_USE)


def settings_in_one_line() -> None:
    """Read the settings, for a program that is not Django's: a worker, the clock, a server of somebody else's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
    from django.conf import settings

    with told_in_one_line():
        settings.INSTALLED_APPS  # noqa: B018 - asked for, they are read
