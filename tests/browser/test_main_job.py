"""The main job, as both sides live it: start, read the number out, join, talk, end."""

from playwright.sync_api import expect

from tests.browser.people import Customer


def test_a_customer_joins_by_number_is_helped_and_thanked(bilal, customers, words):
    desk = bilal.start()
    expect(desk.page.get_by_role("heading", name=words("CSR dashboard"))).to_be_attached()
    expect(desk.page.get_by_text(words("Keep this page open. Closing it ends the session."))).to_be_visible()

    carol = customers.join(desk.number, "Carol")
    expect(desk.participant("Carol")).to_be_visible()
    desk.say("What does it say?")
    carol.hears("What does it say?")
    carol.say("Error 7 <b>again</b>")
    desk.hears("Error 7 <b>again</b>")
    for side in (desk, carol):
        side.hears_in_order("What does it say?", "Error 7 <b>again</b>")

    desk.end()
    carol.is_thanked()
    carol.answer_survey(solved="Partly", rating=4)


def test_what_is_written_before_the_page_is_ready_is_sent_when_it_is(bilal, customers):
    """On a slow line a page shows its chat before it has the scripts that send what is written there."""
    desk = bilal.start()
    stranger, held = customers.stranger(), []
    stranger.context.route("**/js/pages/remote_support*.js", lambda route: held.append(route))
    carol = Customer.at_the_door(stranger)
    carol.fill_in(desk.number, "Carol")
    carol.is_let_in()

    carol.say("I could not wait")
    expect(carol.message).to_have_value("I could not wait")
    held[0].continue_()

    desk.hears("I could not wait")
    expect(carol.message).to_have_value("")
