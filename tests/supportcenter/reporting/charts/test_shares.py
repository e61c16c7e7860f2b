from supportcenter.reporting.charts.shares import Share, shares


def test_parts_have_their_share_and_the_largest_the_whole_bar():
    assert shares([("1", 1), ("2", 0), ("3", 3)]) == [
        Share("1", 1, 25.0, 33.3),
        Share("2", 0, 0.0, 0.0),
        Share("3", 3, 75.0, 100.0),
    ]


def test_nothing_has_no_share():
    assert shares([("1", 0)]) == [Share("1", 0, None, 0)]
