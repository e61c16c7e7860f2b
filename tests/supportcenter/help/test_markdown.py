import pytest

from supportcenter.help.markdown import render

TITLE = "# A title\n\n"


def html_of(source):
    return str(render(TITLE + source).html)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        'Text <img src="x" onerror="alert(1)"> text',
        "<iframe src='https://example.org'></iframe>",
        "[press](javascript:alert(1))",
        "[press](JaVaScRiPt:alert(1))",
        "[press](data:text/html,hello)",
        "[press](vbscript:hello)",
    ],
)
def test_nothing_of_a_topic_becomes_code(source):
    html = html_of(source)
    assert "<script" not in html
    assert "<img" not in html
    assert "<iframe" not in html
    assert "href" not in html


def test_the_title_is_not_part_of_the_text():
    found = render("# A title\n\nText.\n")
    assert found.title == "A title"
    assert str(found.html) == "<p>Text.</p>\n"


def test_headings_get_the_anchor_that_is_written_after_them():
    found = render(TITLE + "## Some **Words** here {#some-words}\n\nText.\n\n### Deeper {#deeper}\n")
    assert [(one.level, one.anchor, one.text) for one in found.headings] == [
        (2, "some-words", "Some Words here"),
        (3, "deeper", "Deeper"),
    ]
    assert '<h2 id="some-words">Some <b class="help__label">Words</b> here<a' in found.html
    assert "{#" not in found.html


def test_a_heading_without_an_anchor_is_refused():
    with pytest.raises(ValueError, match="No anchor"):
        render(TITLE + "## Words\n")


def test_what_stands_under_each_heading_is_told_apart():
    found = render(
        TITLE + "First.\n\n## One {#one}\n\nA **Label** and `code`.\n\n```\nrun\n```\n\n## Two {#two}\n\n- x\n- y\n"
    )
    assert found.passages == {"": "First.", "one": "A Label and code. run\n", "two": "x y"}


def test_links_to_topics_are_links_of_the_site():
    assert 'href="/help/invite/"' in html_of("[a](invite.md)")
    assert 'href="/help/invite/#by-email"' in html_of("[a](invite.md#by-email)")


def test_links_to_elsewhere_open_beside_the_page():
    assert '<a href="https://example.org/" target="_blank" rel="noopener">' in html_of("[a](https://example.org/)")


def test_what_is_typed_runs_from_left_to_right():
    assert '<code dir="ltr">Ctrl K</code>' in html_of("`Ctrl K`")
    assert '<pre dir="ltr" tabindex="0"><code>manage.py doctor --json &lt;x&gt;\n</code></pre>' in html_of(
        "```\nmanage.py doctor --json <x>\n```"
    )


def test_a_picture_from_elsewhere_is_refused():
    with pytest.raises(ValueError, match="No picture"):
        html_of("![a](https://example.org/a.png)")
