"""The topic "messages" explains each refusal and each close code, below the very sentence that people read."""

import re
from collections import defaultdict
from importlib import import_module

import pytest
from django.utils import translation

from supportcenter.live.delivery.close_codes import Code
from supportcenter.refusals.errors import Refused
from tests.source import PACKAGES, ROOT, TEMPLATES, modules

SECTION = re.compile(r"^### (.+) \{#([a-z0-9-]+)\}$", re.M)
# One code may have several sentences: those after the first one have a number at the end of their anchor.
FURTHER = re.compile(r"-[2-9]$")
CLOSED = "closed-"
# What stands in a heading of its own: the pages that say no, and what scripts say where an answer brought no sentence.
HEADING = re.compile(r"{% block heading %}(.*?){% endblock|<h1>(.*?)</h1>", re.S)
TRANSLATED = re.compile(r"""{% translate (["'])(.+?)\1""")


def below(refusal):
    for each in refusal.__subclasses__():
        yield each
        yield from below(each)


@pytest.fixture(scope="module")
def refusals():
    """All of the site's own. A class that others stand below, without a sentence, is a kind and is never raised."""
    for path in modules(*PACKAGES):
        if re.search(r"^    code = \"", path.read_text(), re.M):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return [each for each in below(Refused) if each.__module__.split(".")[0] in PACKAGES]


@pytest.fixture(params=["en", "ar"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def sections(language):
    """Heading by anchor, as the file has them."""
    found = SECTION.findall((ROOT / f"docs/help/{language}/messages.md").read_text())
    assert len({anchor for _, anchor in found}) == len(found)
    return {anchor: heading for heading, anchor in found}


def code_of(anchor):
    return FURTHER.sub("", anchor).replace("-", "_")


def sentences_of_pages():
    texts = [(TEMPLATES / "_refusal_texts.html").read_text()]
    for page in (TEMPLATES / "errors").glob("*.html"):
        texts += ["".join(match) for match in HEADING.findall(page.read_text())]
    return {translation.gettext(sentence) for text in texts for _, sentence in TRANSLATED.findall(text)}


def test_every_refusal_has_a_section_and_no_other_code_has_one(sections, refusals):
    codes = {each.code for each in refusals}
    kinds = {each.code for each in refusals if each.__subclasses__() and not each.message}
    pages = sentences_of_pages()
    without_code = {anchor for anchor, said in sections.items() if anchor.startswith(CLOSED) or said in pages}
    assert codes - kinds - {code_of(anchor) for anchor in sections} == set()
    assert {code_of(anchor) for anchor in sections.keys() - without_code} - codes == set()


def test_heading_of_a_refusal_is_its_sentence(sections, refusals):
    said, headings = defaultdict(set), defaultdict(set)
    for each in refusals:
        said[each.code].add(str(each.message))
    for anchor, heading in sections.items():
        headings[code_of(anchor)].add(heading)
    # A sentence with a variable is not the class's own.
    fixed = {code: sentences for code, sentences in said.items() if "" not in sentences}
    assert len(fixed) > 100
    assert {code: headings[code] for code in fixed} == fixed


def test_what_pages_and_scripts_say_by_themselves_is_a_heading(sections):
    assert sentences_of_pages() - set(sections.values()) == set()


def test_every_close_code_has_a_section_and_no_other_number_has_one(sections):
    closed = {anchor.removeprefix(CLOSED): heading for anchor, heading in sections.items() if anchor.startswith(CLOSED)}
    assert set(closed) == {str(code.value) for code in Code}
    assert all(heading.startswith(f"{code}:") for code, heading in closed.items())
