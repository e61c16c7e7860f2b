import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "opened before you signed in"), ("ar", "فُتحت قبل تسجيل دخولك")]
)
def test_script_reads_why_its_change_was_refused(client, language, sentence):
    headers = {"X-Requested-With": "fetch", "Accept-Language": language}
    response = client.post("/join/", {"number": "1"}, headers=headers)
    assert (response.status_code, response["Content-Type"]) == (403, "application/json")
    error = response.json()["error"]
    assert error["code"] == "page_outdated"
    assert sentence in error["message"]


@pytest.mark.parametrize(("language", "heading"), [("en", "This page was open for too long"), ("ar", "الصفحة مفتوحة")])
def test_form_leads_to_a_page_with_words_of_its_own(client, language, heading):
    response = client.post("/join/", {"number": "1"}, headers={"Accept-Language": language})
    assert response.status_code == 403
    assert heading in response.content.decode()
