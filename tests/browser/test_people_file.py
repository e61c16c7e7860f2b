"""An administrator adds a person by boxes in the administration, and many by a file, in English and in Arabic (E68)."""

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.people import Csr
from tests.browser.words import Words

FILES = {
    "en": "Username,First name,Email address,Support Representative,Queues\n"
    "imported1,Nadia,nadia@example.org,yes,\n"
    "imported2,Omar,nowhere,yes,\n",
    "ar": "اسم المستخدم,الاسم الأول,عنوان البريد الإلكتروني,ممثل الدعم\n"
    "imported3,نادية,nadia@example.org,نعم\n"
    "imported4,عمر,nowhere,نعم\n",
}
ADDED = """
from supportcenter.accounts.models import User
for username in {usernames}:
    assert User.objects.get(username=username).is_csr
assert not User.objects.filter(username__in={missing}).exists()
User.objects.filter(username__in={usernames}).delete()
"""


@pytest.fixture
def admin(new_context, site):
    def admin(language):
        words = Words(language)
        dana = Csr(new_context(locale=words.locale), site, words, "dana")
        dana.sign_in()
        return dana

    return admin


def is_there(site, *usernames, missing=()):
    site.run(ADDED.format(usernames=[*usernames], missing=[*missing]))


def test_a_person_is_added_with_boxes(admin, site):
    page = admin("en").open("/admin/accounts/user/add/")
    page.locator("#id_username").fill("boxes")
    page.get_by_label("Set here").check()
    for field in ("#id_password1", "#id_password2"):
        page.locator(field).fill("a long enough passphrase")
    page.locator("#id_representative").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    is_there(site, "boxes")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_file_is_shown_and_then_imported(admin, site, watch, language):
    watch.expect("409")
    dana = admin(language)
    words = dana.words
    page = dana.open("/settings/people/import/")
    assert serious_faults(page) == []
    people = {"name": "people.csv", "mimeType": "text/csv", "buffer": FILES[language].encode()}
    page.get_by_label(words("File"), exact=True).set_input_files(people)
    page.get_by_role("button", name=words("Look at the file")).click()

    heading = page.get_by_role("heading", name=words("Wrong rows"))
    expect(heading).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_role("button", name=words("Import"), exact=True).click()
    refusal = words("Some rows are wrong. Correct the file, or tick that they are to be left out.")
    expect(page.get_by_text(refusal)).to_be_visible()
    page.get_by_label(words("Leave out the wrong rows")).check()
    page.get_by_role("button", name=words("Import"), exact=True).click()
    expect(page.get_by_role("heading", name=words("Import people"))).to_have_count(0)
    first, second = {"en": ("imported1", "imported2"), "ar": ("imported3", "imported4")}[language]
    is_there(site, first, missing=[second])
