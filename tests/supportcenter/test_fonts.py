"""What is made of the typefaces that packages carry."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from fontTools.ttLib import TTFont

from supportcenter import fonts
from tests.environment import ROOT
from tests.source import TEMPLATES

pytestmark = pytest.mark.django_db

STYLES = ROOT / "static/css/fonts.css"
CATALOGUE = ROOT / "locale/ar/LC_MESSAGES/django.po"
# Bytes of a file on the line: what a cold page pays before its letters are right.
MOST = 30_000
# Drawn by the system wherever they stand: signs that no text face has, and directions, which nothing draws.
LEFT_TO_THE_SYSTEM = {*range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("prepared")


@pytest.fixture
def prepared(settings, folder):
    settings.PREPARED_DIR = folder
    return folder


@pytest.fixture(scope="module", params=fonts.TYPEFACES, ids=lambda typeface: typeface.name)
def made(request):
    content = fonts.made_of(request.param)
    return request.param, content, TTFont(BytesIO(content))


def faces_in_the_styles():
    faces = re.findall(r"@font-face \{(.*?)\}", STYLES.read_text(), re.DOTALL)
    return {Path(re.search(r'url\("(.*?)"\)', face)[1]).name: face for face in faces if "url(" in face}


def test_a_file_is_small(made):
    _, content, font = made
    assert len(content) < MOST
    assert font.flavor == "woff2"


def test_a_file_is_the_same_on_every_machine(prepared):
    assert (fonts.made_fonts() / fonts.ARABIC.name).read_bytes() == fonts.made_of(fonts.ARABIC)


def test_a_file_has_the_weights_that_styles_use(made):
    (axis,) = made[2]["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", *fonts.WEIGHTS)
    used = re.findall(
        r"font-weight: (\d+);", "".join(path.read_text() for path in (ROOT / "static/css").rglob("*.css"))
    )
    assert used
    assert all(axis.minValue <= int(weight) <= axis.maxValue for weight in used)


def test_a_file_names_its_owner_and_licence(made):
    names = {name.nameID: name.toUnicode() for name in made[2]["name"].names}
    assert "Copyright" in names[0]
    assert "Open Font License" in names[13]


def test_styles_ask_for_what_is_in_a_file(made):
    typeface, _, font = made
    said = re.search(r"unicode-range: (.*?);", faces_in_the_styles()[typeface.name], re.DOTALL)[1]
    assert re.sub(r"u\+|,", "", said).upper().split() == typeface.letters.split()
    # A few are in no version of the face; a letter that the styles promise would else be missing.
    assert typeface.code_points - set(font.getBestCmap()) <= {0xAD, 0x149}


def test_all_texts_have_their_letters():
    text = CATALOGUE.read_text() + "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    letters = {ord(each) for each in text} - LEFT_TO_THE_SYSTEM - {0x0A}
    promised = set().union(*(each.code_points for each in fonts.TYPEFACES))
    assert {chr(each) for each in letters - promised} == set()


def test_what_is_made_once_is_found_among_the_static_files(prepared):
    found = finders.find("fonts/latin.woff2")
    assert Path(found).is_relative_to(prepared)
    first = Path(found).stat().st_mtime_ns
    assert finders.find("fonts/latin.woff2") == found
    assert Path(found).stat().st_mtime_ns == first
    assert finders.find("fonts/greek.woff2") is None


def test_the_finder_lists_them_for_a_release(prepared):
    (finder,) = (each for each in finders.get_finders() if isinstance(each, fonts.FontFinder))
    listed = {path: storage.open(path).read() for path, storage in finder.list([])}
    assert set(listed) == {"fonts/latin.woff2", "fonts/arabic.woff2"}
    assert all(content.startswith(b"wOF2") for content in listed.values())
    assert list(finder.list(["fonts/*"])) == []


@pytest.mark.parametrize(("language", "file"), [("en", "latin"), ("ar", "arabic")])
def test_a_page_asks_early_for_the_letters_of_its_own_language(client, settings, language, file):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("account_login")).content.decode()
    assert re.findall(r'rel="preload" href="[^"]*/([^/"]+)" as="font" type="font/woff2" crossorigin', page) == [
        f"{file}.woff2"
    ]
