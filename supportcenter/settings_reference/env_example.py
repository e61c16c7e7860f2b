"""The text of `.env.example`, which `manage.py describe_settings` prints."""

import re
from collections.abc import Iterator
from textwrap import wrap

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import override

from supportcenter.environment import Asked
from supportcenter.settings_reference.entry import Entry, Group
from supportcenter.settings_reference.table import GROUPS
from supportcenter.settings_reference.words import as_written, bounds_in_words

WIDTH, BEGINNING = 120, "# "
HEAD = """\
Every setting with its default, or an example where that is empty or derived. Copy the lines you want to change to \
`.env`, without the `#`. The environment takes precedence over the file. Empty means absent. Yes is `1` or `True`, no \
is `0` or `False`.

Made by `manage.py describe_settings > .env.example` of what stands in `supportcenter/settings_reference/`."""
# Easier to type, and to search for.
PLAIN = str.maketrans({"’": "'", "“": '"', "”": '"'})


def env_example() -> str:
    with override("en"):
        lines = [line for paragraph in HEAD.split("\n\n") for line in _comment(paragraph)]
        return "\n".join([*lines, *(line for group in GROUPS for line in _group(group))]) + "\n"


def _group(group: Group) -> Iterator[str]:
    yield ""
    yield f"# ---- {group.title}{f' ({group.see})' if group.see else ''} ----"
    yield ""
    for entry in group.entries:
        asked = settings.SETTINGS_ASKED[entry.name]
        yield from _comment(" ".join(_sentences(entry, asked)))
        # A default that is told in words may be of this machine.
        shown = entry.examples[0] if entry.examples else "" if entry.default else as_written(asked)
        yield f"#{entry.name}={shown}"


def _sentences(entry: Entry, asked: Asked) -> Iterator[str]:
    yield str(entry.meaning)
    if asked.kind == "names":
        yield "Separated by commas."
    if bounds := bounds_in_words(asked):
        yield f"{capfirst(bounds)}."
    if entry.default:
        yield f"Default: {entry.default}."
    if others := entry.examples[1:]:
        yield f"Another example: {' or '.join(f'`{other}`' for other in others)}."
    if entry.see:
        yield f"See {entry.see}."


def _comment(text: str) -> list[str]:
    # Names of settings are seen without quotes in a file that is full of them; a command stays on its line.
    plain = re.sub(r"`([A-Z][A-Z_]+|[0-9]+|[a-z]+://)`", r"\1", text).translate(PLAIN)
    held = re.sub(r"`[^`]+`", lambda command: command[0].replace(" ", "\N{NO-BREAK SPACE}"), plain)
    lines = wrap(held, WIDTH - len(BEGINNING), break_long_words=False, break_on_hyphens=False)
    return [BEGINNING + line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
