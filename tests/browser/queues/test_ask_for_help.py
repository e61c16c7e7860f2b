"""A primary asks a queue for an assistant, and keeps the session (E64)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.people import Desk
from tests.browser.webacd import QUEUE, open_help

MESSAGE = "Which form is it?"
# Another agent of the queue for these tests, and as if none of them had asked before.
FARIS_IS_AN_AGENT = f"""{QUEUE}
from supportcenter.accounts.models import User
from webacd.models import Agent, HelpRequest
agent, _new = Agent.objects.get_or_create(user=User.objects.get(username="faris"))
queue.memberships.get_or_create(agent=agent)
HelpRequest.objects.all().delete()
"""
FARIS_IS_NO_AGENT = """
from webacd.models import Agent, HelpRequest
HelpRequest.objects.all().delete()
Agent.objects.filter(user__username="faris").delete()
"""
ASKED = {"en": "Asked 2 agents of", "ar": "طُلبت المساعدة من وكيلين في"}
QUEUE_NAME = {"en": "Technical support", "ar": "الدعم الفني"}


@pytest.fixture(autouse=True)
def three_agents(site, parts_that_are_gone):
    site.run(FARIS_IS_AN_AGENT)
    yield
    site.run(FARIS_IS_NO_AGENT)


@pytest.fixture
def desk(amal):
    return amal.start()


@pytest.fixture
def on_a_report(bilal, at_work):
    """Bilal, Available, who reads a list."""
    at_work(bilal)
    page = bilal.open("/reports/")
    expect(page.locator("[data-agent-bar]")).to_have_attribute("data-connection", "live")
    return page


@pytest.fixture
def in_the_inbox(three_agents, faris, at_work):
    return at_work(faris).page


def ask(desk, message=MESSAGE):
    page, words = desk.page, desk.words
    dialog = open_help(desk)
    dialog.get_by_role("radio", name=QUEUE_NAME[words.language]).check()
    dialog.get_by_label(words("Personal message"), exact=True).fill(message)
    assert serious_faults(page) == []
    dialog.get_by_role("button", name=words("Ask for help"), exact=True).click()
    expect(dialog).to_be_hidden()
    expect(standing(desk)).to_contain_text(ASKED[words.language])


def standing(desk):
    return desk.page.locator("[data-help-place]")


def question(page):
    return page.get_by_role("article").filter(has_text=MESSAGE)


def answer(page, words, label):
    question(page).get_by_role("button", name=words(label), exact=True).click()


def listen(page):
    """Everything that the page hears by a socket from now on."""
    heard = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    return heard


def test_the_first_to_say_yes_joins_and_the_other_question_goes(
    desk, on_a_report, in_the_inbox, bilal, customers, words
):
    carol = customers.join(desk.number)
    carol.is_live()
    heard = listen(carol.page)
    carol.reload()
    ask(desk)
    expect(question(on_a_report)).to_contain_text("Amal Haddad")
    expect(question(on_a_report)).to_contain_text(QUEUE_NAME[words.language])
    expect(question(in_the_inbox)).to_be_visible()
    assert serious_faults(on_a_report) == []
    # Each page has it again after a reload.
    for page in (on_a_report, in_the_inbox):
        page.reload()
        expect(question(page)).to_be_visible()
    desk.reload()
    expect(standing(desk)).to_contain_text(ASKED[words.language])

    with bilal.context.expect_page() as opened:
        answer(on_a_report, words, "Join")
    opened.value.wait_for_url(re.compile(rf"/sessions/{desk.key}/"))
    helper = Desk(opened.value, bilal)
    helper.is_live()
    expect(standing(helper)).to_contain_text(MESSAGE)
    # Bilal's own page goes on.
    expect(on_a_report).to_have_url(re.compile("/reports/"))
    for page in (on_a_report, in_the_inbox):
        expect(question(page)).to_have_count(0)
    expect(in_the_inbox.get_by_text(words("{name} is helping already.", name="Bilal Nasser"))).to_be_visible()
    expect(standing(desk)).to_contain_text("Bilal Nasser")
    expect(desk.participant("Bilal Nasser")).to_be_visible()

    carol.is_live()
    expect(carol.page.get_by_text("Bilal Nasser").first).to_be_attached()
    expect(carol.page.get_by_text(MESSAGE)).to_have_count(0)
    assert any("participant.joined" in frame for frame in heard)
    assert not [frame for frame in heard if "help." in frame or MESSAGE in frame]


def test_not_now_by_all_then_asked_again_and_cancelled(desk, on_a_report, in_the_inbox, words):
    ask(desk)
    answer(on_a_report, words, "Not now")
    expect(question(on_a_report)).to_have_count(0)
    expect(standing(desk)).to_contain_text(ASKED[words.language])
    answer(in_the_inbox, words, "Not now")
    expect(question(in_the_inbox)).to_have_count(0)
    again = standing(desk).get_by_role("button", name=words("Ask again"), exact=True)
    again.click()
    dialog = desk.page.get_by_role("dialog", name=words("Ask a queue for help"))
    # What was written and chosen is still there.
    expect(dialog.get_by_label(words("Personal message"), exact=True)).to_have_value(MESSAGE)
    expect(dialog.get_by_role("radio", name=QUEUE_NAME[words.language])).to_be_checked()
    dialog.get_by_role("button", name=words("Ask for help"), exact=True).click()
    expect(question(on_a_report)).to_be_visible()
    standing(desk).get_by_role("button", name=words("Cancel"), exact=True).click()
    for page in (on_a_report, in_the_inbox):
        expect(question(page)).to_have_count(0)
    expect(standing(desk)).to_be_empty()


def test_it_is_found_among_the_commands_and_refused_kindly(desk, in_the_inbox, words, watch, site):
    watch.expect("status of 409")
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type(words("Ask a queue for help"))
    desk.page.keyboard.press("Enter")
    dialog = desk.page.get_by_role("dialog", name=words("Ask a queue for help"))
    dialog.get_by_role("radio", name=QUEUE_NAME[words.language]).check()
    in_the_inbox.get_by_label(words("Status"), exact=True).select_option("signed_out")
    expect(in_the_inbox.locator("#agent-status")).to_have_value("signed_out")
    dialog.get_by_role("button", name=words("Ask for help"), exact=True).click()
    refused = words("No agent of this queue can be asked right now. Choose another queue.")
    expect(dialog.get_by_role("alert")).to_have_text(refused)
    # The list says so by now.
    expect(dialog.get_by_role("radio", name=QUEUE_NAME[words.language])).to_be_disabled()
