"""Markdown to HTML, sanitised: what looks like HTML in a topic stays text, and no link runs a script."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from PIL import Image

ANCHOR = re.compile(r"^(.+?) +\{#([a-z0-9-]+)\}$")
TOPIC = re.compile(r"^([a-z0-9-]+)\.md(#[a-z0-9-]+)?$")
PICTURE = re.compile(r"^\.\./pictures/([a-z]+/[a-z0-9-]+\.webp)$")


@dataclass(frozen=True)
class Heading:
    """`level` as in HTML: 2 or 3. `text` is without marks."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """`title` is the text of the first heading, which is not in `html`. `passages`: the plain text from each heading to
    the next, by its anchor; what stands before the first has the empty one."""

    title: str
    html: SafeString
    headings: tuple[Heading, ...]
    passages: dict[str, str]


class Renderer(RendererHTML):
    """Tables that scroll by themselves, commands from left to right, and labels that are not merely bold."""

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="help__table" tabindex="0"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        anchor = env["anchors"][idx]
        return format_html('<a class="help__anchor" href="#{}" aria-hidden="true" tabindex="-1">#</a>', anchor) + (
            f"</{tokens[idx].tag}>\n"
        )

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return format_html('<pre dir="ltr" tabindex="0"><code>{}</code></pre>\n', tokens[idx].content)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        name = _picture(str(tokens[idx].attrs["src"]))
        width, height = _size(name)
        return format_html(
            '<a href="{0}" target="_blank" rel="noopener">'
            '<img class="help__picture" src="{0}" width="{1}" height="{2}" alt="{3}" loading="lazy"></a>',
            *(static(f"help/{name}"), width, height, tokens[idx].content),
        )


PARSER = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer).enable("table")


def render(source: str) -> Rendered:
    tokens = PARSER.parse(source)
    title, *rest = _without_title(tokens)
    headings, anchors = _take_anchors(rest)
    for token in _all(rest):
        _dress(token)
    # `rest` is a list of its own, whose places the renderer gets to know.
    html = PARSER.renderer.render(rest, PARSER.options, {"anchors": anchors})
    return Rendered(title.content, mark_safe(html), headings, _passages(rest))  # noqa: S308 - made here, without HTML


def _without_title(tokens: list[Token]) -> list[Token]:
    """The content of the first heading, and all that comes after that heading."""
    start = next(place for place, token in enumerate(tokens) if token.type == "heading_open")
    return [tokens[start + 1], *tokens[start + 3 :]]


def _take_anchors(tokens: list[Token]) -> tuple[tuple[Heading, ...], dict[int, str]]:
    """`## Words {#anchor}`: the heading gets the anchor, and loses its name. By place, where each heading closes."""
    headings, closing = [], {}
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words = tokens[place + 1]
        last = words.children[-1] if words.children else None
        found = ANCHOR.match(words.content)
        if not found or not last:
            raise ValueError(f"No anchor after the heading {words.content!r}")
        last.content = re.sub(r" *\{#[a-z0-9-]+\}$", "", last.content)
        token.attrSet("id", found[2])
        closing[place + 2] = found[2]
        headings.append(Heading(int(token.tag[1]), found[2], _plain(words)))
    return tuple(headings), closing


def _all(tokens: Sequence[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *(token.children or ()))]


def _dress(token: Token) -> None:
    match token.type:
        case "link_open":
            token.attrSet("href", _address(str(token.attrGet("href") or "")))
            if "://" in str(token.attrGet("href")):
                token.attrSet("target", "_blank")
                token.attrSet("rel", "noopener")
        case "code_inline":
            token.attrSet("dir", "ltr")
        case "strong_open":
            token.tag = "b"
            token.attrSet("class", "help__label")
        case "strong_close":
            token.tag = "b"


def _address(target: str) -> str:
    found = TOPIC.match(target)
    return f"{reverse('help_topic', args=[found[1]])}{found[2] or ''}" if found else target


def _picture(source: str) -> str:
    found = PICTURE.match(source)
    if not found:
        raise ValueError(f"No picture of the help centre: {source!r}")
    return found[1]


@cache
def _size(name: str) -> tuple[int, int]:
    with Image.open(settings.HELP_DIR / "pictures" / name) as picture:
        return picture.size


def _plain(token: Token) -> str:
    return "".join(child.content if child.type != "softbreak" else " " for child in token.children or ()).strip()


def _passages(tokens: Sequence[Token]) -> dict[str, str]:
    passages: dict[str, list[str]] = {"": []}
    anchor, in_heading = "", False
    for token in tokens:
        if token.type == "heading_open":
            anchor, in_heading = str(token.attrGet("id")), True
            passages[anchor] = []
        elif token.type == "heading_close":
            in_heading = False
        elif token.type == "inline" and not in_heading:
            passages[anchor].append(_plain(token))
        elif token.type == "fence":
            passages[anchor].append(token.content)
    return {anchor: " ".join(texts) for anchor, texts in passages.items()}
