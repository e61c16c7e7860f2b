"""Search in the help centre: SQLite's full-text index in memory, one for each language, whatever database the site has.

Topics are ranked whole (BM25, in which a title counts for more than a line of text), and the section that has most of
the words is where a result leads. A query in Arabic letters searches the Arabic topics, another those of the page's
language and, when these have nothing, the English ones; results are shown in the page's language.
"""

import sqlite3
import threading
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from supportcenter.help import reference
from supportcenter.help.audiences import Audience
from supportcenter.help.contents import Section, section_of
from supportcenter.help.stems import QUESTION_WORDS, is_arabic, stem, stems_of, words_of
from supportcenter.help.topics import Topic, all_topics, help_language, topic
from supportcenter.settings_reference.reference import Row

LONGEST_QUERY = 200
MOST_RESULTS = 12
# How much a word counts in the title, among the words that people search by, in headings, in the text.
WEIGHTS = (8.0, 10.0, 4.0, 1.0)
# What is written for others is still found, below what is as good and written for the reader.
OF_OTHERS = 0.6
# Shorter beginnings stand in front of too many words.
SHORTEST_BEGINNING = 4
SHOWN_WORDS = 32
_lock = threading.Lock()


@dataclass(frozen=True)
class Result:
    topic: Topic
    section: Section
    anchor: str
    heading: str
    excerpt: SafeString


def search(query: str, audiences: Collection[Audience]) -> list[Result]:
    """The topics that answer `query`, the best first; at most MOST_RESULTS."""
    stems = _asked(query[:LONGEST_QUERY])
    if not stems:
        return []
    if row := reference.row_of(query):
        return [_setting(row, stems)]
    for language in ["ar"] if is_arabic(query) else [help_language(), "en"]:
        if ranks := _ranks(stems, language):
            best = sorted(ranks, key=lambda slug: -ranks[slug] * _weight(slug, audiences))
            return [_result(slug, stems, language) for slug in best[:MOST_RESULTS]]
    return []


def _setting(row: Row, stems: list[str]) -> Result:
    found = topic(reference.SETTINGS)
    assert found
    return Result(found, section_of(found.slug), row.name, row.name, _excerpt(row.meaning.replace("`", ""), stems))


def _asked(query: str) -> list[str]:
    """The stems of the words that say something; of a query without such words, of all."""
    words = words_of(query)
    telling = [word for word in words if word not in QUESTION_WORDS]
    return list(dict.fromkeys(map(stem, telling or words)))


def _weight(slug: str, audiences: Collection[Audience]) -> float:
    return 1.0 if section_of(slug).audience in audiences else OF_OTHERS


def _ranks(stems: list[str], language: str) -> dict[str, float]:
    """How good each topic is that has one of the words: what is about all of them, before what is about one."""
    found = _bm25(stems, language)
    return {slug: rank * (1 + _share(stems, _about(slug, language))) ** 2 for slug, rank in found.items()}


def _share(stems: list[str], about: frozenset[str]) -> float:
    return sum(each in about for each in stems) / len(stems)


@cache
def _about(slug: str, language: str) -> frozenset[str]:
    """The words of a topic's title and those that people search by."""
    found = topic(slug, language)
    return frozenset(stems_of(f"{found.title} {found.search}")) if found else frozenset()


def _bm25(stems: list[str], language: str) -> dict[str, float]:
    asked = " OR ".join(f'"{each}"*' if len(each) >= SHORTEST_BEGINNING else f'"{each}"' for each in stems)
    with _lock:
        index = _index(language)
        rows = index.execute(
            "SELECT slug, -bm25(topics, 0, ?, ?, ?, ?) FROM topics WHERE topics MATCH ?", [*WEIGHTS, asked]
        )
        return dict(rows.fetchall())


@cache
def _index(language: str) -> sqlite3.Connection:
    # Threads take turns, by the lock.
    index = sqlite3.connect(":memory:", check_same_thread=False)
    index.execute("CREATE VIRTUAL TABLE topics USING fts5(slug UNINDEXED, title, search, headings, text)")
    rows = [(each.slug, *map(_stemmed, _columns(each))) for each in all_topics(language)]
    index.executemany("INSERT INTO topics VALUES (?, ?, ?, ?, ?)", rows)
    return index


def _columns(each: Topic) -> tuple[str, str, str, str]:
    headings = " ".join(heading.text for heading in each.headings)
    generated = reference.words(each.language) if each.slug == reference.SETTINGS else ""
    return each.title, each.search, headings, " ".join([each.summary, *each.page.passages.values(), generated])


def _stemmed(text: str) -> str:
    return " ".join(stems_of(text))


def _result(slug: str, stems: list[str], language: str) -> Result:
    shown = topic(slug)
    assert shown
    hits = {anchor: _hits(words, stems) for anchor, words in _sections(slug, language).items()}
    # Of equal ones the first, and so the beginning of the topic.
    anchor = max(hits, key=lambda each: hits[each])
    text = shown.page.passages[anchor] or shown.summary
    return Result(shown, section_of(slug), anchor, shown.heading(anchor), _excerpt(text, stems))


@cache
def _sections(slug: str, language: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The words of each section's heading and of its text, by its anchor."""
    found = topic(slug, language)
    assert found
    return {
        anchor: (frozenset(stems_of(found.heading(anchor))), frozenset(stems_of(text)))
        for anchor, text in found.page.passages.items()
    }


def _hits(section: tuple[frozenset[str], frozenset[str]], stems: list[str]) -> int:
    """How many of the words stand in this section; those in its heading count twice."""
    heading, text = section
    return sum((one in text) + 2 * (one in heading) for one in stems)


def _excerpt(text: str, stems: list[str]) -> SafeString:
    """Some words around the first that was searched for, with each of those marked."""
    words = text.split()
    first = next((place for place, word in enumerate(words) if _is_hit(word, stems)), 0)
    start = max(0, first - SHOWN_WORDS // 3)
    shown = words[start : start + SHOWN_WORDS]
    marked = format_html_join(
        " ", "{}", ((format_html("<mark>{}</mark>", word) if _is_hit(word, stems) else word,) for word in shown)
    )
    before = "… " if start else ""
    after = " …" if start + SHOWN_WORDS < len(words) else ""
    return format_html("{}{}{}", before, marked, after)


def _is_hit(word: str, stems: list[str]) -> bool:
    return any(stem(each) in stems for each in words_of(word))
