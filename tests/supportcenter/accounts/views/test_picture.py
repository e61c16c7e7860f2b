"""A person's own picture: the page that takes it, and where it is shown."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.html import escape

from supportcenter.accounts.actions.faces import give_face
from supportcenter.accounts.models import SitePicture, User
from supportcenter.accounts.pictures import read_face
from supportcenter.accounts.views.picture import UPLOADS
from tests.pictures import opened, picture
from tests.supportcenter.accounts.test_admin import person_page, posted
from tests.supportcenter.accounts.test_logo_upload import REFUSED, logged

PAGE, REMOVE = "/accounts/picture/", "/accounts/picture/remove/"
SMALL = (
    picture(size=(47, 300)),
    "The picture is too small: at least 48 pixels a side. Choose a larger one.",
    "الصورة صغيرة جدًا: 48 بكسلًا على الأقل لكل ضلع. اختر صورة أكبر.",
)
FACE = read_face(picture(size=(96, 96)))


@pytest.fixture
def page(client, policy, amal):
    client.force_login(amal)
    return client


def upload(client, content, **fields):
    return client.post(PAGE, {"picture": SimpleUploadedFile("me.png", content, "image/png"), **fields})


def face_of(user):
    return User.objects.get(pk=user.pk).face


def images(html):
    """The addresses of the faces that stand in the place of letters."""
    face = r'class="letter[^"]*" aria-hidden="true">\s*<img src="([^"]+)" width="192" height="192" alt="">'
    return re.findall(face, html)


def test_person_uploads_a_picture(page, amal):
    form = page.get(PAGE).content.decode()
    assert ("multipart/form-data" in form, REMOVE in form, images(form)) == (True, False, [])
    answer = upload(page, picture("JPEG", (800, 320)))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert opened(bytes(SitePicture.objects.get().picture)).size == (192, 192)
    form = page.get(PAGE).content.decode()
    # In the bar on top of the page, and in the form.
    assert images(form) == [face_of(amal).url] * 2
    assert "Your picture is saved." in form


def test_person_changes_and_removes_it(page, amal):
    upload(page, picture(size=(96, 96)))
    first = face_of(amal)
    upload(page, picture(size=(96, 96), colour=(9, 9, 9, 255)))
    assert face_of(amal) not in {first, None}
    assert page.get(first.url).status_code == 404
    assert REMOVE in page.get(PAGE).content.decode()
    answer = page.post(REMOVE)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert (face_of(amal), SitePicture.objects.count()) == (None, 0)
    assert "Your picture is removed." in page.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("file", "english", "arabic"), [*REFUSED, SMALL], ids=["large", "wide", "animated", "svg", "small"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_refused_file_changes_nothing(page, amal, language, file, english, arabic):
    upload(page, picture(size=(96, 96)))
    before = face_of(amal)
    page.cookies["django_language"] = language
    answer = upload(page, file)
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"picture": [{"en": english, "ar": arabic}[language]]},
    )
    assert escape({"en": english, "ar": arabic}[language]) in answer.content.decode()
    assert (face_of(amal), SitePicture.objects.count()) == (before, 1)


def test_form_without_a_file_changes_nothing(page, amal):
    upload(page, picture(size=(96, 96)))
    before = face_of(amal)
    answer = page.post(PAGE)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"picture": ["This field is required."]})
    assert face_of(amal) == before


def test_picture_is_changed_so_often_and_no_more(page, amal, bilal):
    for _ in range(UPLOADS.amount):
        assert page.post(PAGE).status_code == 422
    answer = upload(page, picture(size=(96, 96)))
    assert (answer.status_code, answer["Retry-After"], face_of(amal)) == (429, "3600", None)
    assert "You have changed your picture too often." in answer.content.decode()
    page.force_login(bilal)
    assert upload(page, picture(size=(96, 96))).status_code == 302


def test_face_is_sent_to_those_who_know_its_address(client, amal):
    give_face(FACE, to=amal, by=amal)
    answer = client.get(amal.face.url)
    assert (answer.status_code, answer.content) == (200, FACE.png)
    head = {name: answer.headers.get(name) for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert head == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert not answer.cookies
    assert client.get(f"/face/{'0' * 32}.png").status_code == 404


def test_admin_sets_and_removes_the_picture_of_a_person(client, policy, amal, dana):
    client.force_login(dana)
    fields = {name: value for name, value in posted(client.get(person_page(amal))).items() if name != "picture_file"}
    assert client.post(person_page(amal), fields | {"picture_file": picture_file()}).status_code == 302
    face = face_of(amal)
    assert logged() == [{"changed": {"fields": ["Picture"]}}]
    assert f'src="{face.url}" width="48" height="48"' in client.get(person_page(amal)).content.decode()
    assert client.post(person_page(amal), fields | {"first_name": "Amal"}).status_code == 302
    assert face_of(amal) == face
    assert client.post(person_page(amal), fields | {"picture_file-clear": "on"}).status_code == 302
    assert (face_of(amal), SitePicture.objects.count()) == (None, 0)


def test_admin_adds_a_person_without_a_picture(client, policy, dana):
    client.force_login(dana)
    added = client.get("/admin/accounts/user/add/")
    fields = posted(added) | {"username": "nadia", "usable_password": "true"}
    fields |= dict.fromkeys(("password1", "password2"), "another long one")
    assert client.post("/admin/accounts/user/add/", fields).status_code == 302
    assert User.objects.get(username="nadia").face is None


def picture_file():
    return SimpleUploadedFile("me.png", picture(size=(96, 96)), "image/png")


class TestShown:
    """Wherever the letter of a person with an account stands; customers keep theirs."""

    @pytest.fixture
    def everybody(self, everybody, amal, bilal):
        for number, user in enumerate((amal, bilal)):
            face = read_face(picture(size=(96, 96), colour=(9, 9, 100 * number, 255)))
            give_face(face, to=user, by=user)
        return everybody

    def page(self, everybody, name, viewer):
        answer = everybody.ask("GET", name, viewer)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_on_the_console(self, everybody, amal, bilal):
        html = self.page(everybody, "dashboard", "amal")
        # Person menu, people in the bar, roster; and bilal among the assistants.
        assert html.count(amal.face.url) >= 3
        assert html.count(bilal.face.url) >= 3

    def test_on_the_customers_page(self, everybody, amal, bilal):
        html = self.page(everybody, "remote_support", "carol")
        # Who helps, the people; and who asks for the screen, which waits for an answer.
        assert images(html).count(amal.face.url) >= 3
        assert images(html).count(bilal.face.url) == 1

    def test_in_the_record(self, everybody, amal, bilal):
        html = self.page(everybody, "record", "amal")
        assert {amal.face.url, bilal.face.url} <= set(images(html))

    def test_in_the_settings(self, everybody, amal, bilal):
        assert set(images(self.page(everybody, "settings_people", "dana"))) == {amal.face.url, bilal.face.url}


def test_letter_stands_where_there_is_no_picture(amal):
    drawn = render_to_string("_face.html", {"one": amal})
    assert (images(drawn), "A" in drawn) == ([], True)
    give_face(FACE, to=amal, by=amal)
    drawn = render_to_string("_face.html", {"one": amal})
    assert (images(drawn), ">A<" in drawn) == ([amal.face.url], False)
