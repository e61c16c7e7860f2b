"""The logo in the site policy's page of the administration."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.pictures import MOST_BYTES
from tests.pictures import SVG, animation, opened, picture
from tests.supportcenter.accounts.test_admin import POLICY_PAGE, posted

TOO_LARGE = "The file is larger than 512 KB. Choose a smaller one."
UNREADABLE = "This is not a PNG, JPEG or WebP picture, or the file is damaged."
REFUSED = [
    (picture() + b"\0" * MOST_BYTES, TOO_LARGE, "الملف أكبر من 512 كيلوبايت. اختر ملفًا أصغر."),
    (
        picture(size=(4001, 10)),
        "The picture is too large: at most 4000 pixels a side, and 4 million in all. Choose a smaller one.",
        "الصورة أكبر من اللازم: 4000 بكسل لكل ضلع و4 ملايين بكسل إجمالًا على الأكثر. اختر صورة أصغر.",
    ),
    (
        animation("WEBP"),
        "The picture is animated. Choose one that does not move.",
        "الصورة متحركة. اختر صورة ثابتة.",
    ),
    (SVG, UNREADABLE, "هذا الملف ليس صورة PNG أو JPEG أو WebP، أو أنه تالف."),
]


@pytest.fixture
def admin_page(client, policy, dana):
    client.force_login(dana)
    return client


def upload(admin_page, content=None, **changes):
    """Press Save with that file, and what else is changed."""
    fields = {name: value for name, value in posted(admin_page.get(POLICY_PAGE)).items() if name != "logo_file"}
    file = {} if content is None else {"logo_file": SimpleUploadedFile("logo.png", content, "image/png")}
    return admin_page.post(POLICY_PAGE, fields | file | changes)


def logged():
    return json.loads(LogEntry.objects.first().change_message)


def test_admin_uploads_a_logo(admin_page):
    assert upload(admin_page, picture("JPEG", (800, 320))).status_code == 302
    logo = SitePolicy.current().logo
    assert (opened(bytes(logo.picture)).format, logo.width, logo.height) == ("PNG", 400, 160)
    assert logged() == [{"changed": {"fields": ["Logo"]}}]


def test_page_without_a_file_changes_nothing(admin_page):
    upload(admin_page, picture())
    logo = SitePolicy.current().logo_id
    assert logo
    assert upload(admin_page, site_name="Acme").status_code == 302
    assert (SitePolicy.current().logo_id, SitePolicy.current().site_name) == (logo, "Acme")
    assert logged() == [{"changed": {"fields": ["Site name, English"]}}]


def test_page_shows_the_logo_and_removes_it(admin_page):
    assert "logo_file-clear" not in admin_page.get(POLICY_PAGE).content.decode()
    upload(admin_page, picture())
    page = admin_page.get(POLICY_PAGE).content.decode()
    assert f'src="{SitePolicy.current().logo.url}"' in page.split('id="content-main"')[1]

    assert upload(admin_page, **{"logo_file-clear": "on"}).status_code == 302

    assert SitePolicy.current().logo is None
    assert logged() == [{"changed": {"fields": ["Logo"]}}]


@pytest.mark.parametrize(("file", "english", "arabic"), REFUSED, ids=["large", "wide", "animated", "svg"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_refused_file_changes_nothing(admin_page, language, file, english, arabic):
    admin_page.cookies["django_language"] = language
    upload(admin_page, picture())
    before = SitePolicy.current().logo_id
    answer = upload(admin_page, file, site_name="Acme")
    assert answer.context["adminform"].form.errors["logo_file"] == [{"en": english, "ar": arabic}[language]]
    assert (SitePolicy.current().logo_id, SitePolicy.current().site_name) == (before, "Support Center")


def test_admin_uploads_an_icon_and_takes_it_away(admin_page):
    file = SimpleUploadedFile("icon.png", picture(size=(64, 64)), "image/png")
    assert upload(admin_page, icon_file=file).status_code == 302
    assert SitePolicy.current().icon.width == 180
    assert logged() == [{"changed": {"fields": ["Icon"]}}]
    assert upload(admin_page, **{"icon_file-clear": "on"}).status_code == 302
    assert SitePolicy.current().icon is None


@pytest.mark.parametrize(("colour", "is_taken"), [("#fff4e6", True), ("", True), ("#0f62a8", False), ("red", False)])
def test_background_is_a_colour_that_text_can_be_read_on(admin_page, colour, is_taken):
    answer = upload(admin_page, background_colour=colour)
    assert (answer.status_code == 302) == is_taken
    assert (SitePolicy.current().background_colour == colour) == is_taken
