import pytest
from django.utils.translation import override

from supportcenter.accounts.models import CsrPrivileges, SitePolicy
from supportcenter.accounts.policy import customer_maximum, session_mode


@pytest.mark.parametrize(
    ("site", "csr", "multi", "reason"),
    [
        (True, True, True, "allowed by the site and by your privileges"),
        (False, True, False, "the site allows one session at a time"),
        (True, False, False, "your privileges allow one session at a time"),
        (False, False, False, "the site allows one session at a time"),
    ],
)
def test_session_mode_needs_the_site_and_the_privilege(site, csr, multi, reason):
    with override("en"):
        mode = session_mode(SitePolicy(multi_session=site), CsrPrivileges(multi_session=csr))

        assert (mode.multi, str(mode.reason)) == (multi, reason)


@pytest.mark.parametrize(
    ("own", "number", "reason"),
    [(None, 5, "set for the whole site"), (3, 3, "set for this representative"), (8, 8, "set for this representative")],
)
def test_customer_maximum_is_the_csrs_own_else_the_sites(own, number, reason):
    with override("en"):
        maximum = customer_maximum(SitePolicy(max_customers=5), CsrPrivileges(max_customers=own))

        assert (maximum.number, str(maximum.reason)) == (number, reason)


def test_customer_maximum_without_privileges_is_the_sites():
    assert customer_maximum(SitePolicy(max_customers=5), None).number == 5


def test_the_reasons_are_told_in_arabic():
    site, csr = SitePolicy(multi_session=True, max_customers=5), CsrPrivileges(multi_session=True)

    with override("ar"):
        assert str(session_mode(site, csr).reason) == "يسمح بها الموقع وامتيازاتك"
        assert str(customer_maximum(site, csr).reason) == "محدد للموقع كله"
