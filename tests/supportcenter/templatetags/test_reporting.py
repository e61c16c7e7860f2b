"""How a figure differs from the one before, as pages say it."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("now", "before", "unit", "said"),
    [
        *((112, 100, "count", "+12 %"), (1, 4, "count", "−75 %"), (3, 3, "seconds", "0 %"), (3, 0, "count", "")),
        (3_000_000, 2, "count", "+149999900 %"),
        *((4.4, 4.1, "rating", "+0.3"), (40.0, 42.5, "per_cent", "−2.5"), (4, None, "rating", "")),
    ],
)
def test_comparison(now, before, unit, said):
    context = Context({"now": now, "before": before, "unit": unit})
    assert Template("{% load reporting %}{% compared now before unit %}").render(context) == said
