import re

import pytest

from invitations.rules.qr_code import QUIET_ZONE, qr_code

LINK = "https://support.example.org/join/" + "aB3" * 16 + "/"


def test_the_code_is_the_common_kind_dark_on_light_with_a_quiet_zone():
    drawn = qr_code(LINK)

    [size] = re.findall(r'viewBox="0 0 (\d+) \1"', drawn)
    # 4 modules more for each version than 17; Micro QR has 17 at most.
    assert (int(size) - 2 * QUIET_ZONE - 17) % 4 == 0
    assert int(size) - 2 * QUIET_ZONE >= 21
    assert drawn.index('fill="#fff"') < drawn.index('stroke="#000"')


def test_short_texts_make_no_micro_code():
    assert 'viewBox="0 0 29 29"' in qr_code("482913605")


@pytest.mark.parametrize("refused", ["style=", "<script", "example.org", "xmlns:", "<?xml"])
def test_the_svg_has_nothing_that_a_page_must_not(refused):
    assert refused not in qr_code(LINK)


def test_each_link_has_its_own_code():
    assert qr_code(LINK) != qr_code(LINK.replace("aB3aB3/", "aB3aB4/"))
