"""What the README tells somebody to do for a site in production."""

import re

from tests.source import ROOT


def production():
    return (ROOT / "README.md").read_text().split("## In production\n")[1].split("\n## ")[0]


def commands():
    """The five commands, without continued or empty lines."""
    return re.search(r"^```\n(.*?)^```", production(), re.DOTALL | re.MULTILINE)[1].splitlines()


def settings():
    """The names in the first column of the table."""
    rows = re.findall(r"^\| (`[^|]+) \|", production(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
