"""What the answers of all pages have in common: what they are, who may read them, and what they tell others."""

import pytest

AS = pytest.mark.parametrize("viewer", ["nobody", "carol", "amal", "dana"])


@pytest.fixture
def answers(everybody):
    """To a GET of every page, by its name."""
    return lambda viewer: {name: everybody.ask("GET", name, viewer) for name in everybody.urls}


@AS
def test_every_answer_says_what_it_is(answers, viewer):
    found = {name: answer for name, answer in answers(viewer).items() if content_of(answer)}
    assert {name for name, answer in found.items() if not answer.headers.get("Content-Type")} == set()
    texts = {name: answer.headers["Content-Type"] for name, answer in found.items() if is_text(answer)}
    assert {name: kind for name, kind in texts.items() if "charset=utf-8" not in kind} == {}
    assert {name for name, answer in found.items() if looks_like_html(answer) and not is_html(answer)} == set()
    assert len(texts) > 20


@AS
def test_no_answer_lets_other_sites_read_it_or_tells_them_where_one_was(answers, viewer):
    for name, answer in answers(viewer).items():
        assert (name, [header for header in answer.headers if header.startswith("Access-Control-")]) == (name, [])
        assert (name, answer.headers["Referrer-Policy"]) == (name, "same-origin")
        assert (name, answer.headers["X-Content-Type-Options"]) == (name, "nosniff")
        assert (name, answer.headers["Cross-Origin-Opener-Policy"]) == (name, "same-origin-allow-popups")


def test_an_origin_that_asks_is_told_nothing(everybody):
    asked = {"headers": {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}}
    for name in everybody.urls:
        answer = everybody.ask("OPTIONS", name, "amal", request=asked)
        assert (name, [header for header in answer.headers if header.startswith("Access-Control-")]) == (name, [])


def content_of(answer):
    return b"".join(answer) if answer.streaming else answer.content


def is_text(answer):
    return answer.headers["Content-Type"].startswith("text/")


def is_html(answer):
    return answer.headers["Content-Type"].startswith("text/html")


def looks_like_html(answer):
    return not answer.streaming and answer.content.lstrip().lower().startswith(b"<!doctype html")
