import pytest
from django.core.exceptions import ValidationError

from supportcenter.text.addresses import normalise, to_ascii


@pytest.mark.parametrize(
    ("address", "ascii_form"),
    [
        ("carol@example.com", "carol@example.com"),
        ("carol@bücher.example", "carol@xn--bcher-kva.example"),
        ("carol@مثال.إختبار", "carol@xn--mgbh0fb.xn--kgbechtv"),
        # Not in the older standard that Python's own codec follows.
        ("carol@faß.example", "carol@xn--fa-hia.example"),
    ],
)
def test_mail_servers_are_given_the_ascii_form(address, ascii_form):
    assert to_ascii(normalise(address)) == ascii_form


def test_spaces_around_and_capitals_of_the_domain_go():
    assert normalise(" Carol@Example.COM ") == "Carol@example.com"


def test_what_the_standard_does_not_allow_is_no_domain():
    with pytest.raises(ValidationError):
        to_ascii("carol@\N{GRINNING FACE}.example")


def test_a_domain_is_kept_as_people_read_it():
    assert normalise("carol@xn--bcher-kva.example") == "carol@bücher.example"


def test_a_domain_that_only_looks_international_is_refused():
    with pytest.raises(ValidationError):
        normalise("carol@xn--a-ecp.example")


@pytest.mark.parametrize(
    "pasted",
    [
        "\u200fcarol@example.org\u200e",
        "\u2066carol@example.org\u2069",
        "\ufeffcarol@exam\u00adple.org\u200b",
        "\u202bcarol@\u200eexample.org\u202c",
        "\u00a0carol@example.org\t",
        "Carol Lind <carol@example.org>",
        '"Lind, Carol" <carol@example.org>;',
        "كارول \u200f<\u200ecarol@example.org\u200f>",
        "<carol@example.org>",
        "mailto:carol@example.org",
        "MAILTO:carol%40example.org?subject=Help",
        "<mailto:carol@example.org>",
        "(carol@example.org)",
        "carol@example.org.",
        "carol@example.org،",
        "«carol@example.org»",
        "'carol@example.org'",
    ],
)
def test_an_address_is_read_as_it_is_pasted(pasted):
    assert normalise(pasted) == "carol@example.org"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # What belongs to the name stays, and the joiner that belongs to the word.
        ("+carol-_@example.org", "+carol-_@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
        ("carol@نامه\u200cای.example", "carol@نامه\u200cای.example"),
    ],
)
def test_what_belongs_to_the_address_stays(typed, meant):
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "carol",
        "carol@",
        "carol@example",
        "carol@example.org, omar@example.org",
        "Carol <carol@example.org>, Omar <omar@example.org>",
        "carol@example.org\nBcc: eve@example.org",
        '"a b"@example.org',
        "carol @example.org",
        "\u200f",
        "carol@example." + "x" * 600,
        "mailto:",
    ],
)
def test_what_is_not_one_address_is_refused(typed):
    with pytest.raises(ValidationError):
        normalise(typed)
