"""The topic of the settings, of which the beginning alone is written: the rest is what the site's reader asks for."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from supportcenter.help.markdown import Heading
from supportcenter.help.topics import topic
from supportcenter.settings_reference.reference import Link, Row, described, drawn

SETTINGS = "settings"


def tables() -> SafeString:
    return drawn(_link)


def headings() -> list[Heading]:
    return [Heading(2, group.slug, group.title) for group in described()]


def row_of(query: str) -> Row | None:
    """The setting that is called so."""
    name = query.strip().upper()
    if name not in settings.SETTINGS_ASKED:
        return None
    return next(row for group in described() for row in group.rows if row.name == name)


def words(language: str) -> str:
    """What the tables say, to be searched."""
    with translation.override(language):
        rows = [row for group in described() for row in group.rows]
        return " ".join(f"{row.name} {row.name.replace('_', ' ')} {row.meaning}" for row in rows)


def _link(slug: str) -> Link:
    found = topic(slug)
    assert found
    return Link(found.title, reverse("help_topic", args=[slug]))
