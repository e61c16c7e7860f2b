"""Teams: a lead watches the team's sessions, and what is switched off for a team is not offered, with the reason."""

import re

from playwright.sync_api import expect

# amal is in the front desk, which bilal leads; for billing, where faris is, recording is switched off (seed_demo).
LEADS_NO_MORE = """
from supportcenter.accounts.models import TeamMembership
TeamMembership.objects.get(team__name="Front desk", user__username="bilal").delete()
"""
LEADS_AGAIN = """
from supportcenter.accounts.models import Team, TeamMembership, User
team, bilal = Team.objects.get(name="Front desk"), User.objects.get(username="bilal")
TeamMembership.objects.get_or_create(team=team, user=bilal, defaults={"leads": True})
"""


def key_of(desk):
    return re.search(r"/sessions/([-\w]{16,})/", desk.page.url).group(1)


def test_lead_watches_the_teams_sessions_until_they_lead_no_more(site, amal, bilal, faris, words, watch):
    watch.expect("status of 403")
    others = faris.start()
    page = bilal.open("/sessions/monitoring/")
    expect(page.get_by_role("heading", name=words("No session is running"))).to_be_visible()

    desk = amal.start()
    row = page.locator("tr[data-key]")
    expect(row).to_have_count(1)
    expect(row).to_have_attribute("data-key", key_of(desk))
    expect(page.get_by_role("button", name=words("End session"))).to_have_count(0)
    assert key_of(others) not in page.content()

    try:
        site.run(LEADS_NO_MORE)
        page.reload()
        expect(row).to_have_count(0)
        expect(page.get_by_text(words("Only administrators can do this."))).to_be_visible()
    finally:
        site.run(LEADS_AGAIN)


def test_what_is_switched_off_for_a_team_is_not_offered_and_says_why(faris, words):
    page = faris.open("/sessions/start/")
    why = words("switched off for the team %(name)s")
    expect(page.get_by_text(words("Recording") + ": ")).to_contain_text(why.partition("%")[0].strip())
    page.close()

    desk = faris.start()
    desk.page.get_by_role("tab", name=words("Tools")).click()
    tools = desk.page.locator("[id^=panel-tools-]")
    expect(tools.get_by_text(words("Recording") + ": ")).to_be_visible()
    expect(tools.get_by_role("button", name=words("Recording"))).to_have_count(0)
