"""Numbers in Arabic read alike, whether the server or a script wrote them."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import override


def test_sizes_have_the_decimal_point_that_scripts_write():
    with override("ar"):
        assert filesizeformat(3_000_009).startswith("2.9")
