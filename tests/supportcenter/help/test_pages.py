import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from supportcenter.help.contents import SECTIONS, TOPICS
from supportcenter.help.topics import topic
from supportcenter.settings_reference.reference import described

pytestmark = pytest.mark.django_db


def sections_shown(page):
    """What is for the reader, and what is folded away."""
    own, _, others = page.content.decode().partition("help__others")
    return [re.findall(r'aria-labelledby="help-([a-z]+)"', part) for part in (own, others)]


def test_a_stranger_finds_what_is_for_customers_and_the_rest_folded(client):
    own, others = sections_shown(client.get("/help/"))
    assert own == ["customers", "trouble"]
    assert others == ["representatives", "managers", "administrators", "account", "operators"]


def test_a_representative_finds_their_work(client, amal):
    client.force_login(amal)
    own, others = sections_shown(client.get("/help/"))
    assert own == ["representatives", "account", "trouble"]
    assert others == ["customers", "managers", "administrators", "operators"]


def test_an_administrator_finds_all_that_staff_do(client, dana):
    client.force_login(dana)
    own, others = sections_shown(client.get("/help/"))
    assert own == [section.slug for section in SECTIONS if section.slug != "customers"]
    assert others == ["customers"]


@pytest.mark.parametrize("slug", TOPICS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_topic_has_its_page_in_the_reader_s_language(client, slug, language):
    page = client.get(f"/help/{slug}/", headers={"accept-language": language})
    assert page.status_code == 200
    assert f"<h1>{topic(slug, language).title}</h1>" in page.content.decode().replace("&#x27;", "'").replace(
        "&amp;", "&"
    )


def test_a_page_lists_its_sections(client):
    page = client.get("/help/invite/").content.decode()
    for heading in topic("invite", "en").headings:
        assert f'<a href="#{heading.anchor}">' in page
        assert f'id="{heading.anchor}"' in page


def test_a_page_of_many_sections_lists_the_large_ones(client):
    page = client.get("/help/messages/").content.decode()
    levels = {heading.level: heading.anchor for heading in topic("messages", "en").headings}
    assert f'<a href="#{levels[2]}">' in page
    assert page.count(f'href="#{levels[3]}"') == 1
    assert f'id="{levels[3]}"' in page


def test_the_page_of_the_settings_has_them_all(client):
    page = client.get("/help/settings/").content.decode()
    assert [name for name in settings.SETTINGS_ASKED if f'id="{name}"' not in page] == []
    for group in described():
        assert f'<a href="#{group.slug}">' in page
        assert f'<h2 id="{group.slug}">' in page


def test_no_other_topic_exists(client):
    assert client.get("/help/invite-nobody/").status_code == 404
    assert client.get("/help/..%2fen%2finvite/").status_code == 404


def test_a_question_is_answered_with_links_to_sections(client):
    page = client.get("/help/", {"find": "keyboard shortcuts"}).content.decode()
    assert re.search(r'href="/help/tray-and-shortcuts/(#[a-z0-9-]+)?"', page)


def test_a_question_without_an_answer_says_so_and_is_shown_as_text(client):
    page = client.get("/help/", {"find": "<qqxyzzy>"}).content.decode()
    assert "Nothing found" in page
    assert "<qqxyzzy>" not in page


@pytest.mark.parametrize("address", ["/help/", "/help/invite/"])
def test_the_help_is_only_read(client, address):
    assert client.post(address).status_code == 405


def test_pages_of_the_help_ask_the_database_for_the_site_alone(client, policy, django_assert_max_num_queries):
    for address in ["/help/", "/help/?find=session", "/help/invite/"]:
        with django_assert_max_num_queries(1):
            client.get(address)


def test_each_page_of_the_site_leads_to_the_help(client):
    assert f'href="{reverse("help")}"' in client.get("/").content.decode()
    assert f'href="{reverse("help")}"' in client.get("/accounts/login/").content.decode()


def leads_somewhere(place):
    slug, _, anchor = place.partition("#")
    return slug in TOPICS and (not anchor or topic(slug, "en").heading(anchor))


def test_each_form_of_the_administration_has_its_topic():
    """Those of other packages have none: the site does not speak of them."""
    ours = [one for one in admin.site._registry.values() if not type(one).__module__.startswith(("allauth", "django."))]
    assert [type(one).__name__ for one in ours if not leads_somewhere(getattr(one, "help_topic", ""))] == []


def test_a_form_of_the_administration_shows_its_topic(client, dana):
    client.force_login(dana)
    page = client.get("/admin/webacd/queue/add/").content.decode()
    assert 'class="help-link" href="/help/queues-and-agents/"' in page


def test_a_refusal_leads_to_what_it_means(client, eve):
    client.force_login(eve)
    page = client.get("/sessions/start/").content.decode()
    assert 'href="/help/messages/#not-a-csr"' in page
