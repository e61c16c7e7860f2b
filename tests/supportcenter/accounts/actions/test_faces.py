import pytest
from django.contrib.auth.models import Permission

from supportcenter.accounts.actions.faces import give_face, remove_face
from supportcenter.accounts.actions.pictures import give_icon, give_logo, remove_icon, remove_logo
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePicture, SitePolicy, User
from supportcenter.accounts.pictures import read_face, read_icon, read_logo
from tests.pictures import picture

GREEN, GREY = (read_face(picture(size=(96, 96), colour=colour)) for colour in ((20, 140, 60, 255), (9, 9, 9, 255)))


def stored():
    return {*SitePicture.objects.values_list("pk", flat=True)}


def face_of(user):
    return User.objects.get(pk=user.pk).face


@pytest.fixture
def lines(caplog):
    caplog.set_level("INFO", "supportcenter.security")
    return lambda: [each.getMessage() for each in caplog.records if each.name == "supportcenter.security"]


def test_person_gets_a_picture(amal, lines):
    assert amal.face is None
    give_face(GREEN, to=amal, by=amal)
    assert (amal.face.digest, face_of(amal).url) == (GREEN.digest, f"/face/{GREEN.digest}.png")
    assert bytes(SitePicture.objects.get().picture) == GREEN.png
    assert lines() == ['picture_changed account="amal"']


def test_another_picture_takes_the_place_of_the_first(amal):
    give_face(GREEN, to=amal, by=amal)
    give_face(GREY, to=amal, by=amal)
    assert (face_of(amal).digest, stored()) == (GREY.digest, {GREY.digest})


def test_same_picture_again_changes_nothing(amal, lines):
    for _ in range(2):
        give_face(GREEN, to=amal, by=amal)
    assert (stored(), len(lines())) == ({GREEN.digest}, 1)


def test_removed_picture_is_nowhere(amal, lines):
    give_face(GREEN, to=amal, by=amal)
    for _ in range(2):
        remove_face(of=amal, by=amal)
    assert (face_of(amal), amal.face, stored()) == (None, None, set())
    assert lines()[1:] == ['picture_removed account="amal"']


def test_picture_that_two_people_have_stays_for_the_other(amal, bilal):
    for user in (amal, bilal):
        give_face(GREEN, to=user, by=user)
    remove_face(of=amal, by=amal)
    assert (face_of(amal), face_of(bilal).digest, stored()) == (None, GREEN.digest, {GREEN.digest})
    give_face(GREY, to=bilal, by=bilal)
    assert stored() == {GREY.digest}


def test_pictures_of_people_and_of_the_site_come_and_go_alone(policy, amal, dana):
    logo, icon = read_logo(picture()), read_icon(picture(size=(64, 64)))
    give_logo(logo, by=dana)
    give_icon(icon, by=dana)
    give_face(GREEN, to=amal, by=amal)
    remove_face(of=amal, by=amal)
    assert stored() == {logo.digest, icon.digest}
    give_face(GREEN, to=amal, by=amal)
    remove_logo(by=dana)
    remove_icon(by=dana)
    assert (face_of(amal).digest, stored()) == (GREEN.digest, {GREEN.digest})


def test_picture_that_the_site_shows_stays_for_it(policy, amal, dana):
    """What admins choose for the site may be the picture of one of them."""
    give_logo(GREEN, by=dana)
    give_face(GREEN, to=amal, by=amal)
    remove_face(of=amal, by=amal)
    assert SitePolicy.current().logo_id == GREEN.digest


def test_deleted_account_takes_its_picture_with_it(amal, bilal):
    give_face(GREEN, to=amal, by=amal)
    give_face(GREY, to=bilal, by=bilal)
    amal.delete()
    assert stored() == {GREY.digest}


@pytest.mark.parametrize("act", [lambda **who: give_face(GREY, to=who["of"], by=who["by"]), remove_face])
def test_picture_of_another_is_decided_by_those_who_may_change_accounts(amal, bilal, dana, act, lines):
    give_face(GREEN, to=amal, by=amal)
    with pytest.raises(NotAnAdministrator):
        act(of=amal, by=bilal)
    # The right alone is not enough: only staff are in the administration.
    bilal.user_permissions.add(Permission.objects.get(codename="change_user"))
    with pytest.raises(NotAnAdministrator):
        act(of=amal, by=User.objects.get(pk=bilal.pk))
    assert (face_of(amal).digest, stored()) == (GREEN.digest, {GREEN.digest})
    act(of=amal, by=dana)
    assert stored() <= {GREY.digest}
    assert lines()[-1].endswith('account="amal" by="dana"')


def test_account_that_is_switched_off_changes_nothing(amal):
    amal.is_active = False
    with pytest.raises(NotAnAdministrator):
        give_face(GREEN, to=amal, by=amal)
    assert stored() == set()
