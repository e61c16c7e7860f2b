"""docker-compose.yml as Compose reads it: included files, `.env` filled in, services in the order of their start."""

import re
import shlex
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path

import yaml

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
# An innermost one first: the word after the sign may have others in it, which are filled in by then.
VARIABLE = re.compile(rf"\$\{{({NAME})(?:(:?[-?+])([^${{}}]*))?\}}|\$({NAME})")


class MissingError(Exception):
    """A variable that the file insists on."""


@dataclass
class Service:
    name: str
    file: Path
    words: dict = field(repr=False)

    def command(self):
        return _words([*_words(self.words.get("entrypoint")), *_words(self.words.get("command"))])

    @property
    def health(self):
        """What asks whether it is well, or None."""
        test = self.words.get("healthcheck", {}).get("test")
        if isinstance(test, str):
            return ["sh", "-c", test]
        return None if not test or test[0] == "NONE" else test[1:] if test[0] == "CMD" else ["sh", "-c", test[1]]

    @property
    def mounts(self):
        """Where in the container which file of the checkout, or which volume, is."""
        volumes = (each.split(":") for each in self.words.get("volumes", ()))
        return {
            target: (self.file.parent / source).resolve() if source.startswith(".") else source
            for source, target, *_ in volumes
        }

    @property
    def is_of_the_site(self):
        return self.words.get("image") == "support-center"

    @property
    def is_reached_from_outside(self):
        published = [str(each) for each in self.words.get("ports", ())]
        return self.words.get("network_mode") == "host" or any(not each.startswith("127.0.0.1:") for each in published)

    def environment(self, given):
        """A name without a value is passed on as it is set outside, and not at all if it is not set."""
        listed = self.words.get("environment", {})
        if isinstance(listed, list):
            listed = dict(each.split("=", 1) if "=" in each else (each, None) for each in listed)
        return {
            name: str(given[name] if value is None else value)
            for name, value in listed.items()
            if value is not None or name in given
        }


def services(path, given):
    """The services of a file and of those that it includes, in the order in which they can be started."""
    found = {each.name: each for each in _read(path, given)}
    after = {name: set(each.words.get("depends_on", ())) for name, each in found.items()}
    return [found[name] for name in TopologicalSorter(after).static_order()]


def _read(path, given):
    content = yaml.safe_load(path.read_text())
    for included in content.get("include", ()):
        yield from _read(path.parent / included, given)
    for name, words in content["services"].items():
        yield Service(name, path, filled(words, given))


def filled(words, given):
    if isinstance(words, dict):
        return {name: filled(each, given) for name, each in words.items()}
    if isinstance(words, list):
        return [filled(each, given) for each in words]
    return _fill(words, given) if isinstance(words, str) else words


def _fill(text, given):
    def value(match):
        name, sign, word = match[1] or match[4], match[2] or "", match[3]
        there = name in given and not (sign.startswith(":") and not given[name])
        if sign.endswith("?") and not there:
            raise MissingError(f"{name}: {word}")
        if sign.endswith("+"):
            return word if there else ""
        return given[name] if there else word if sign.endswith("-") else ""

    # A value may have a dollar of its own, and $$ stands for one.
    text = text.replace("$$", "\0")
    while VARIABLE.search(text):
        text = VARIABLE.sub(lambda match: value(match).replace("$", "\0"), text)
    return text.replace("\0", "$")


def _words(command):
    return shlex.split(command) if isinstance(command, str) else [str(each) for each in command or ()]
