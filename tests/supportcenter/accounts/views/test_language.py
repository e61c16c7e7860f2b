from urllib.parse import urlsplit

from tests.factories import PASSWORD


def switch(client, language, where="/join/"):
    return client.post("/language/", {"language": language, "next": where})


def test_language_is_kept_in_the_browser(client, db):
    answer = switch(client, "ar")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/join/")
    page = client.get("/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_language_is_kept_with_the_account(client, amal):
    client.force_login(amal)
    switch(client, "ar")
    amal.refresh_from_db()
    assert amal.language == "ar"


def test_language_that_is_not_offered_changes_nothing(client, amal):
    client.force_login(amal)
    for wrong in ("fr", "", "x" * 200, "ar\x00"):
        switch(client, wrong)
    amal.refresh_from_db()
    assert amal.language == "en"
    assert '<html lang="en" dir="ltr">' in client.get("/").content.decode()


def test_language_sends_nobody_to_another_site(client, db):
    for wrong in ("https://evil.test/", "//evil.test/", "javascript:alert(1)"):
        assert urlsplit(switch(client, "ar", wrong).headers["Location"]).netloc == ""


def test_language_is_switched_by_post_alone(client, db):
    assert client.get("/language/", {"language": "ar"}).status_code == 405


def sign_in(client, user):
    return client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})


def test_language_follows_the_person_to_another_browser(client, amal):
    amal.language = "ar"
    amal.save()
    assert sign_in(client, amal).cookies["django_language"].value == "ar"


def test_language_chosen_in_this_browser_stays_at_sign_in(client, amal):
    amal.language = "ar"
    amal.save()
    switch(client, "en")
    assert "django_language" not in sign_in(client, amal).cookies


def test_language_of_an_account_that_never_chose_leaves_the_browser_alone(client, amal):
    assert "django_language" not in sign_in(client, amal).cookies
