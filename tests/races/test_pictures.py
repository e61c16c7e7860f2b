"""The same picture, which one person no longer shows at the moment when another begins to."""

from functools import partial

import pytest

from supportcenter.accounts.actions.faces import give_face, remove_face
from supportcenter.accounts.models import SitePicture, User
from supportcenter.accounts.pictures import read_face
from tests.factories import make_person
from tests.pictures import picture
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
ROUNDS = 10


def test_picture_that_is_chosen_while_another_removes_it_stays():
    face = read_face(picture(size=(96, 96)))
    for number in range(ROUNDS):
        one, other = make_person(f"one-{number}"), make_person(f"other-{number}")
        give_face(face, to=one, by=one)
        together(partial(remove_face, of=one, by=one), partial(give_face, face, to=other, by=other))
        assert User.objects.get(pk=one.pk).face is None
        assert User.objects.get(pk=other.pk).face.digest == SitePicture.objects.get().pk
        remove_face(of=other, by=other)
        assert SitePicture.objects.count() == 0


def test_last_of_several_pictures_that_one_person_chooses_at_once_is_kept_alone():
    amal = make_person("amal")
    faces = [read_face(picture(size=(96, 96), colour=(9, 9, number, 255))) for number in range(4)]
    together(*[partial(give_face, face, to=amal, by=amal) for face in faces])
    assert User.objects.get(pk=amal.pk).face.digest == SitePicture.objects.get().pk
