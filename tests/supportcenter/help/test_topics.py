"""Every topic is there in both languages with the same sections, and what it quotes and links to exists."""

import re
from collections import Counter
from functools import cache

import pytest
from django.conf import settings

from supportcenter.catalogues import read, sources
from supportcenter.help.contents import SECTIONS, TOPICS
from supportcenter.help.topics import topic
from tests.source import PACKAGES, ROOT, SCRIPTS, TEMPLATES, modules

LANGUAGES = ["en", "ar"]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) .*?(?:\{#([a-z0-9-]+)\})?$")
LABEL = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")
LONGEST_SUMMARY = 200

each_topic = pytest.mark.parametrize("slug", TOPICS)
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def source(slug, language):
    return (settings.HELP_DIR / language / f"{slug}.md").read_text()


def prose(slug, language):
    return FENCE.sub("", source(slug, language))


def sections(slug, language):
    """The level, the anchor and the text of each, the beginning of the topic included."""
    found = [(1, None, [])]
    for line in prose(slug, language).split("\n---\n", 1)[1].splitlines():
        if heading := HEADING.match(line):
            found.append((len(heading[1]), heading[2], [line]))
        else:
            found[-1][2].append(line)
    return [(level, anchor, "\n".join(lines)) for level, anchor, lines in found]


@in_each_language
def test_each_topic_has_its_file_and_each_file_is_a_topic(language):
    files = {path.stem for path in (settings.HELP_DIR / language).glob("*.md")}
    assert files == set(TOPICS)


def test_a_topic_stands_in_one_section():
    assert max(Counter(TOPICS).values()) == 1
    assert len({section.slug for section in SECTIONS}) == len(SECTIONS)


@each_topic
def test_both_languages_have_the_same_sections(slug):
    english, arabic = ([(level, anchor) for level, anchor, _ in sections(slug, language)] for language in LANGUAGES)
    assert arabic == english


@in_each_language
@each_topic
def test_headings_are_of_two_levels_and_have_anchors_of_their_own(slug, language):
    below = [(level, anchor) for level, anchor, _ in sections(slug, language)[2:]]
    assert [level for level, _ in below if level not in {2, 3}] == []
    assert [each for each, times in Counter(anchor for _, anchor in below).items() if each is None or times > 1] == []


@in_each_language
@each_topic
def test_a_topic_says_in_a_sentence_what_it_is_about(slug, language):
    found = topic(slug, language)
    assert found.title
    assert 0 < len(found.summary) <= LONGEST_SUMMARY
    assert found.search


# ---- Labels -------------------------------------------------------------------------------------------------------


@cache
def catalogue():
    """Each English text with the ways in which it is said in Arabic."""
    found = {}
    for message in read(next(iter(sources()))):
        ids = [message.id] if isinstance(message.id, str) else message.id
        strings = [message.string] if isinstance(message.string, str) else message.string
        for each in ids:
            found.setdefault(each, set()).update(strings)
    return found


@cache
def interface():
    """All that pages are made of, as one text."""
    files = [*TEMPLATES.rglob("*.html"), *modules(*PACKAGES), *SCRIPTS.rglob("*.js")]
    written = "\n".join(path.read_text() for path in files)
    return re.sub(r"\s+", " ", written.replace("\\", "").replace('" "', "").replace("{% trimmed %}", ""))


def labels(text):
    return LABEL.findall(text)


@each_topic
def test_a_label_that_is_quoted_is_one_of_the_interface(slug):
    quoted = labels(prose(slug, "en"))
    assert sorted({each for each in quoted if each not in catalogue()}) == []
    assert sorted({each for each in quoted if each not in interface()}) == []


@each_topic
def test_the_arabic_topic_quotes_the_same_labels_as_the_arabic_interface_has_them(slug):
    for (_, anchor, english), (_, _, arabic) in zip(sections(slug, "en"), sections(slug, "ar"), strict=True):
        left = Counter(labels(arabic))
        for label in labels(english):
            said = next((each for each in catalogue()[label] if left[each]), None)
            assert said, f"#{anchor}: {label} is not quoted as one of {catalogue()[label]}"
            left[said] -= 1
        assert sorted(left.elements()) == [], f"#{anchor}: only in Arabic"


def test_a_label_that_no_longer_exists_would_be_found():
    assert "Start Session" in interface()
    assert "Start Session at once" not in interface()


# ---- Links --------------------------------------------------------------------------------------------------------


@in_each_language
@each_topic
def test_links_lead_to_topics_and_their_sections(slug, language):
    lost = []
    for target in LINK.findall(prose(slug, language)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        found = topic(name.removesuffix(".md") or slug, language)
        if not found or (name and not name.endswith(".md")) or (anchor and not found.heading(anchor)):
            lost.append(target)
    assert lost == []


@in_each_language
@each_topic
def test_every_link_of_the_rendered_topic_is_of_the_site_or_https(slug, language):
    targets = re.findall(r'(?:href|src)="([^"]*)"', topic(slug, language).page.html)
    assert [each for each in targets if not re.match(r"/|#|https://", each)] == []


@in_each_language
@each_topic
def test_pictures_are_of_the_topic_s_language_and_say_what_they_show(slug, language):
    for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", source(slug, language)):
        assert words
        assert re.fullmatch(rf"\.\./pictures/{language}/[a-z-]+\.webp", path)
        assert (settings.HELP_DIR / language / path).resolve().is_file()


# ---- Words --------------------------------------------------------------------------------------------------------


@each_topic
def test_email_has_one_spelling(slug):
    assert re.findall(r"(?i)e-mail\w*", source(slug, "en")) == []


@each_topic
def test_arabic_has_arabic_punctuation(slug):
    text = re.sub(r"`[^`]*`|\([^)]*\)|\{[^}]*\}", "", prose(slug, "ar").split("\n---\n", 1)[1])
    assert re.findall(r"[\u0600-\u06ff] ?[,;?]", text) == []


@in_each_language
@each_topic
def test_a_topic_names_no_file_that_the_site_does_not_have(slug, language):
    """What is named of the project exists: a reader types it."""
    named = re.findall(r"\b(?:deploy|docs|requirements)/[\w./-]*\w", source(slug, language))
    assert [name for name in named if not (ROOT / name).exists()] == []
