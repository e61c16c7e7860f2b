"""An admin changes the policy, and finds in the audit log what was before and after (E73)."""

from playwright.sync_api import expect


def test_change_of_the_policy_is_found_with_before_and_after(new_csr, admin_decides, words):
    admin_decides(max_customers=5)
    label = words("maximum number of customers")
    label = label[0].upper() + label[1:]
    page = new_csr("dana").open("/settings/policy/")
    page.locator("[name=max_customers]").fill("7")
    page.get_by_role("button", name=words("Save"), exact=True).click()
    expect(page.locator(".toast")).to_be_visible()
    page.locator(".navbar__person").click()
    page.get_by_role("link", name=words("Audit log"), exact=True).click()
    page.locator("[name=topic]").select_option("settings")
    page.get_by_role("button", name=words("Show"), exact=True).click()
    line = page.locator(".audit__line").first
    expect(line.locator(".audit__sentence bdi")).to_have_text("dana")
    change = line.locator(".audit__changes > div")
    expect(change.locator("dt")).to_have_text(label)
    expect(change.locator("del bdi")).to_have_text("5")
    expect(change.locator("ins bdi")).to_have_text("7")
    expect(line.locator(".audit__facts")).to_be_hidden()
    line.get_by_text(words("Details"), exact=True).click()
    expect(line.locator(".audit__facts")).to_contain_text("policy_changed")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
