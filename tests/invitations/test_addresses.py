import pytest
from django.core.exceptions import ValidationError

from invitations.addresses import normalise, to_ascii


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
