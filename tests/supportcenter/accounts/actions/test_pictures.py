import pytest

from supportcenter.accounts.actions.pictures import give_icon, give_logo, remove_icon, remove_logo
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePicture, SitePolicy
from supportcenter.accounts.pictures import read_icon, read_logo
from tests.pictures import picture


def logos():
    return {*SitePicture.objects.values_list("pk", flat=True)}


def test_logo_is_the_sites(policy, dana):
    read = read_logo(picture())
    give_logo(read, by=dana)
    logo = SitePolicy.current().logo
    assert (logo.pk, bytes(logo.picture), logo.width, logo.height) == (read.digest, read.png, 300, 100)


def test_earlier_logo_is_kept_for_mail_that_shows_it(policy, dana):
    first, second = read_logo(picture()), read_logo(picture(colour=(9, 9, 9, 255)))
    for each in (first, second, first, second):
        give_logo(each, by=dana)
    assert SitePolicy.current().logo_id == second.digest
    assert logos() == {first.digest, second.digest}


def test_removed_logo_is_nowhere(policy, dana):
    give_logo(read_logo(picture()), by=dana)
    give_logo(read_logo(picture(colour=(9, 9, 9, 255))), by=dana)
    remove_logo(by=dana)
    remove_logo(by=dana)
    assert (SitePolicy.current().logo, logos()) == (None, set())


@pytest.mark.parametrize("act", [lambda by: give_logo(read_logo(picture()), by=by), lambda by: remove_logo(by=by)])
def test_logo_is_decided_by_admins_alone(policy, dana, amal, act):
    give_logo(read_logo(picture(size=(9, 9))), by=dana)
    before = logos()
    with pytest.raises(NotAnAdministrator):
        act(amal)
    assert logos() == before


def test_policy_and_the_size_of_its_logo_take_one_query(policy, dana, django_assert_num_queries):
    """Each page asks for it, and none for the picture."""
    give_logo(read_logo(picture()), by=dana)
    with django_assert_num_queries(1):
        logo = SitePolicy.current().logo
        assert (logo.width, logo.height, logo.url) == (300, 100, f"/logo/{logo.pk}.png")
    assert "picture" in logo.get_deferred_fields()


@pytest.mark.parametrize(
    ("size", "bar", "mail"),
    [((400, 160), (70, 28), (120, 48)), ((400, 40), (160, 16), (200, 20)), ((20, 10), (20, 10), (20, 10)),
     ((400, 1), (160, 1), (200, 1)), ((1, 160), (1, 28), (1, 48))],
)  # fmt: skip
def test_logo_is_shown_small_and_never_enlarged(size, bar, mail):
    logo = SitePicture(width=size[0], height=size[1])
    assert (logo.in_bar, logo.in_mail) == (bar, mail)


def test_logo_and_icon_come_and_go_alone(policy, dana):
    logo, icon = read_logo(picture()), read_icon(picture(size=(64, 64)))
    give_logo(logo, by=dana)
    give_icon(icon, by=dana)
    remove_logo(by=dana)
    assert (SitePolicy.current().logo, SitePolicy.current().icon_id, logos()) == (None, icon.digest, {icon.digest})
    give_logo(logo, by=dana)
    remove_icon(by=dana)
    assert (SitePolicy.current().icon, logos()) == (None, {logo.digest})


def test_another_icon_takes_the_place_of_the_first(policy, dana):
    for colour in ((9, 9, 9, 255), (8, 8, 8, 255)):
        give_icon(read_icon(picture(size=(64, 64), colour=colour)), by=dana)
    give_icon(read_icon(picture(size=(64, 64), colour=colour)), by=dana)
    assert logos() == {SitePolicy.current().icon_id}


@pytest.mark.parametrize("act", [lambda by: give_icon(read_icon(picture()), by=by), lambda by: remove_icon(by=by)])
def test_icon_is_decided_by_admins_alone(policy, dana, amal, act):
    give_icon(read_icon(picture(size=(64, 64))), by=dana)
    before = logos()
    with pytest.raises(NotAnAdministrator):
        act(amal)
    assert logos() == before
