"""The frame of all mail: it can be read whatever accent the site has, and holds without styles."""

import re

import pytest
from django.template import engines
from django.utils.translation import override

from supportcenter.accounts.actions.pictures import give_logo, remove_logo
from supportcenter.accounts.pictures import read_logo
from supportcenter.colours import WHITE, contrast, parse
from supportcenter.templatetags.mail_frame import mail_frame
from tests.pictures import picture
from tests.source import ROOT

pytestmark = pytest.mark.django_db
MESSAGES = [path for path in ROOT.glob("templates/**/email/*.html") if not path.name.startswith("_")]
# But the frame of its preview, which is a page.
FRAME = [path for path in ROOT.glob("templates/mail/*.html") if path.name != "preview.html"]
EVERY_TEMPLATE = [*ROOT.glob("templates/**/email/*.html"), *FRAME]
BUTTON = '{% include "mail/_button.html" with link="x" label="y" %}'
PAGE = f'{{% extends "mail/frame.html" %}}{{% block content %}}{BUTTON}{{% endblock %}}'


def colour(css):
    return parse(css.removeprefix("#"))


@pytest.mark.parametrize("accent", ["#ffffff", "#000000", "#f2c200", "#0f62a8", "#777777", "#00ff00"])
def test_every_accent_can_be_read(policy, accent):
    policy.accent_colour = accent
    policy.save()
    frame = mail_frame()
    assert contrast(colour(frame.on_accent), colour(frame.accent)) >= 4.5
    assert contrast(colour(frame.accent_ink), WHITE) >= 4.5
    assert contrast(colour(frame.accent), WHITE) >= 1.6


@pytest.mark.parametrize(("language", "direction", "start"), [("en", "ltr", "left"), ("ar", "rtl", "right")])
def test_direction_is_said_where_no_style_is_needed(policy, language, direction, start):
    policy.organisation = "Acme <b>"
    policy.save()
    with override(language):
        page = engines["django"].from_string(PAGE).render()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f'<body class="ground" dir="{direction}"' in page
    assert f'<td class="sheet" dir="{direction}" align="{start}"' in page
    assert "Acme &lt;b&gt;" in page


def test_every_cell_and_paragraph_says_where_it_begins():
    tags = [
        (path.name, tag)
        for path in EVERY_TEMPLATE
        for tag in re.findall(r"<(?:td|p|h1)\b.*?>", path.read_text(), re.DOTALL)
    ]
    # Decoration, what is in the middle, and what a stranger wrote in a language of their own.
    others = ('align="center"', 'width="6"', 'width="4"', 'dir="auto"')
    bare = [(name, tag) for name, tag in tags if "frame.sides" not in tag and not any(each in tag for each in others)]
    assert bare == []
    assert len(tags) > 20


def test_all_mail_has_the_frame():
    assert len(MESSAGES) >= 4
    assert [path.name for path in MESSAGES if not path.read_text().startswith('{% extends "mail/frame.html" %}')] == []


def test_nothing_in_mail_is_fetched_but_the_logo():
    """No picture that tells a server who reads, no font, no script."""
    everything = "".join(path.read_text() for path in EVERY_TEMPLATE)
    assert re.findall(r"<img|<script|<link|@import|url\(|@font-face|<form|<iframe", everything) == ["<img"]
    assert '<img src="{{ logo.whole_url }}"' in everything


def test_logo_stands_above_the_name(policy, dana, settings):
    plain = engines["django"].from_string(PAGE).render()
    assert "<img" not in plain
    policy.site_name = 'Acme "&" Sons'
    policy.save()
    picture_ = read_logo(picture(size=(800, 320)))
    give_logo(picture_, by=dana)
    page = engines["django"].from_string(PAGE).render()
    name = "Acme &quot;&amp;&quot; Sons"
    [logo] = re.findall(r"<img [^>]*>", page)
    shown = f'<img src="{settings.SITE_URL}/logo/{picture_.digest}.png" width="120" height="48" alt="{name}" '
    assert logo.startswith(shown)
    assert page.index(logo) < page.index(f"<bdi>{name}</bdi>")
    # Programs that show no pictures write its `alt` on white, in the dark as well.
    assert "color:#15181e" in logo

    remove_logo(by=dana)

    assert "<img" not in engines["django"].from_string(PAGE).render()
