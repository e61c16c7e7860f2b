"""One topic of the help centre, read from its file and kept for as long as the process lives."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from supportcenter.help.contents import TOPICS
from supportcenter.help.markdown import Heading, Rendered, render


@dataclass(frozen=True)
class Topic:
    """`summary`: one sentence. `search`: what people call it who do not find it by its own words."""

    slug: str
    language: str
    summary: str
    search: str
    page: Rendered

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self.page.headings

    def heading(self, anchor: str) -> str:
        return next((heading.text for heading in self.headings if heading.anchor == anchor), "")


def help_language() -> str:
    """The language of the page, which is one that topics are written in."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def topic(slug: str, language: str = "") -> Topic | None:
    """The topic in this language, or in that of the page; None if there is no such topic."""
    return read_topic(slug, language or help_language()) if slug in TOPICS else None


def all_topics(language: str = "") -> list[Topic]:
    """In the order of reading."""
    return [read_topic(slug, language or help_language()) for slug in TOPICS]


@cache
def read_topic(slug: str, language: str) -> Topic:
    head, source = _split((settings.HELP_DIR / language / f"{slug}.md").read_text(encoding="utf-8"))
    return Topic(slug, language, head["summary"], head["search"], render(source))


def _split(text: str) -> tuple[dict[str, str], str]:
    """The lines between the two of three hyphens, `name: value`, and what comes after them."""
    _, head, source = text.split("---\n", 2)
    return dict(line.split(": ", 1) for line in head.splitlines()), source
