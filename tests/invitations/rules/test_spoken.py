import pytest
from django.utils.translation import override

from invitations.rules.spoken import in_words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "four eight two, nine one three, six zero five"),
        ("ar", "أربعة ثمانية اثنان، تسعة واحد ثلاثة، ستة صفر خمسة"),
    ],
)
def test_a_number_is_said_digit_by_digit_in_its_groups(language, words):
    with override(language):
        assert in_words("482 913 605") == words
