"""Words of a text: what is stored and what is typed come out the same, and nothing typed is a language of its own."""

import pytest

from supportcenter.text.wording import LONGEST_WORD, MOST_TERMS, excerpt, terms_of, words_of


def finds(typed, text):
    terms = terms_of(typed)
    return bool(terms) and all(term in words_of(text) for term in terms)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("error", "It says ERROR-7!"),
        ("error-7", "error 7"),
        ("err", "error"),
        ("since it", "it broke since Monday"),
        ('"since monday"', "It broke since Monday."),
        ("“since monday”", "since Monday"),
        ("«منذ أمس»", "تعطلت منذ امس"),
        ('unclosed "quote', "a quote, unclosed"),
        ("fine", "Everything is ﬁne"),
        ("zoe", "Zoë"),
        ("carol@example.com", "to carol@example.com, please"),
        ("٧", "error 7"),
        ("فاتوره", "الفَاتُورَة"),
        ("الفاتورة", "فاتورتي: فاتورة يناير"),
        ("والفاتورة", "للفاتورة"),
        ("احمد", "أحمد"),
        ("ابراهيم", "إبراهيم"),
        ("آمنه", "امنة"),
        ("ليلي", "ليلى"),
        ("سلام", "ســـلام"),
    ],
)
def test_is_found(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("rror", "error"),
        ("error fault", "error"),
        ('"monday since"', "since Monday"),
        ('"since mon"', "since Monday"),
        ("7error", "error 7"),
        ("error OR fault", "error"),
        ("NOT fault", "error"),
        ("error*fault", "error"),
        ("", "error"),
        ("*", "*"),
        ('""', '""'),
        ("%", "100%"),
        ("_", "a_b"),
        ("!?…؟،", "what?!"),
    ],
)
def test_is_not_found(typed, text):
    assert not finds(typed, text)


def test_a_short_word_keeps_what_looks_like_an_article():
    assert words_of("ألم الله الى") == " الم الله الي "


def test_words_and_terms_have_a_longest():
    endless = "a" * 10_000
    assert words_of(endless) == f" {'a' * LONGEST_WORD} "
    assert finds(endless, endless)
    assert len(terms_of(" ".join(map(str, range(1000))))) == MOST_TERMS


def shown(text, typed):
    return "".join(f"[{part.text}]" if part.found else part.text for part in excerpt(text, terms_of(typed)))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("It says ERROR-7!", "err", "It says [ERROR]-7!"),
        ("It says ERROR-7!", '"error 7"', "It says [ERROR-7]!"),
        ("وصلت الفَاتُورَة أمس", "فاتوره", "وصلت [الفَاتُورَة] أمس"),
        ("<b>error</b>", "error", "<b>[error]</b>"),
        ("nothing", "error", "nothing"),
        ("", "error", ""),
    ],
)
def test_what_was_found_is_marked(text, typed, expected):
    assert shown(text, typed) == expected


def test_of_a_long_line_the_place_is_shown():
    line = shown("before " * 100 + "needle " + "after " * 100, "needle")
    assert line.startswith("… before")
    assert line.endswith("after …")
    assert "[needle]" in line
    assert len(line) < 250


@pytest.mark.parametrize("before", ["a" * 400 + " ", "x\n" * 300])
def test_the_place_is_shown_where_spaces_are_far_from_it(before):
    line = shown(before + "needle " + "after " * 100, "needle")
    assert "[needle]" in line
    assert len(line) < 250


def test_a_line_without_spaces_is_cut_too():
    assert len(shown("a" * 4000, "a")) < 250
