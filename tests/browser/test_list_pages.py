"""The pages of a long list, turned without leaving the page that the list is on."""

import pytest
from playwright.sync_api import expect

LONG = """
from sessions_app.models import ChatMessage, SupportSession
session = SupportSession.objects.get(key={key!r})
ChatMessage.objects.bulk_create(
    ChatMessage(session=session, participant=session.primary, client_id=f"c{{n}}", text=f"line {{n}}")
    for n in range(450)
)
"""


@pytest.fixture
def record(bilal, site):
    """The record of a session with 450 lines of chat, open in a tab."""
    desk = bilal.start()
    site.run(LONG.format(key=desk.key))
    page = bilal.open(f"/sessions/{desk.key}/record/")
    yield page
    page.close()


def chat(page, words):
    return page.get_by_role("region", name=words("Chat"), exact=True)


def test_list_turns_its_page_alone_and_back_leads_back(record, words):
    lines = chat(record, words)
    record.evaluate("document.querySelector('[data-list=events] h2').mark = 'same'")
    lines.locator("[rel=next]").click()

    expect(lines.get_by_text("line 200", exact=True)).to_be_visible()
    expect(lines.get_by_text("line 0", exact=True)).to_have_count(0)
    assert record.evaluate("document.querySelector('[data-list=events] h2').mark") == "same"
    assert record.evaluate("document.activeElement.id") == "record-chat"
    assert "lines=after-" in record.url

    record.go_back()
    expect(lines.get_by_text("line 0", exact=True)).to_be_visible()


def test_address_names_the_page_of_each_list(record, words):
    lines = chat(record, words)
    record.goto(record.url + "?files=end")
    lines.locator(".pages a").last.click()
    expect(lines.get_by_text("line 449", exact=True)).to_be_visible()
    assert record.url.endswith("?files=end&lines=end#record-chat")

    record.reload()
    expect(lines.get_by_text("line 449", exact=True)).to_be_visible()
    lines.locator(".pages a").first.click()
    expect(lines.get_by_text("line 0", exact=True)).to_be_visible()
    assert record.url.endswith("?files=end#record-chat")


def test_link_to_a_line_shows_it(record, words, site):
    line = chat(record, words).locator("li").nth(150)
    pk = line.get_attribute("id").removeprefix("line-")
    record.goto(record.url.partition("?")[0] + f"?line={pk}")

    expect(record.locator(f"#line-{pk}:target")).to_be_in_viewport()
