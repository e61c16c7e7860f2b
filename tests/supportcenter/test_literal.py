"""A word of the code stands in the statement, where a partial index is recognised; nothing that is sent can."""

import pytest

from supportcenter.literal import Literal
from webacd.models import Offer, SupportRequest


@pytest.mark.parametrize("word", ["o'pen", "a b", "x--", "open;", "é"])
def test_only_words_are_taken(word):
    with pytest.raises(ValueError, match=word):
        Literal(word)


def test_word_is_not_bound():
    sql, bound = Offer.objects.open().query.sql_with_params()
    assert "\"state\" = 'open'" in sql.replace("(", "").replace(")", "")
    assert bound == ()
    sql, bound = SupportRequest.objects.waiting().query.sql_with_params()
    assert "\"outcome\" = ''" in sql.replace("(", "").replace(")", "")
    assert bound == ()
