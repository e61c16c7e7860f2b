"""A person's own picture, chosen as a phone has taken it."""

import pytest
from playwright.sync_api import expect

from tests.pictures import noise

# As of a phone: more pixels, and more bytes, than the site takes.
PHOTO = (3000, 2000)


@pytest.fixture
def page(amal, words):
    page = amal.open("/accounts/picture/")
    yield page
    page.goto(amal.site.url + "/accounts/picture/")
    page.get_by_role("button", name=words("Remove the picture"), exact=True).click()


def test_a_photo_of_a_phone_is_made_small_before_it_is_sent(page, words):
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": noise(PHOTO)}
    page.get_by_label(words("Picture file")).set_input_files(photo)
    expect(page.locator("[data-own-face] canvas")).to_be_visible()

    page.get_by_role("button", name=words("Save the picture"), exact=True).click()

    face = page.locator("[data-own-face] img")
    expect(face).to_be_visible()
    assert face.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [192, 192]


def test_what_no_browser_can_read_is_refused_by_the_site(amal, words, watch):
    watch.expect(r"422|400")
    page = amal.open("/accounts/picture/")
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": b"not a picture"}
    page.get_by_label(words("Picture file")).set_input_files(file)
    page.get_by_role("button", name=words("Save the picture"), exact=True).click()
    refusal = words("This is not a PNG, JPEG or WebP picture, or the file is damaged.")
    expect(page.get_by_text(refusal)).to_be_visible()
