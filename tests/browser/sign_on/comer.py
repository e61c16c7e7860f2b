"""Who comes to the site by an identity provider."""

from tests.browser.people import Person


class Comer(Person):
    def by_openid(self, openid, name, path="/accounts/login/"):
        """From the button to the site's page, as which subject one likes; return that page."""
        page = self.open(path)
        page.get_by_role("button", name="Sign in with Example Login").click()
        page.get_by_placeholder("Enter any login").fill(name)
        page.get_by_placeholder("and password").fill("x")
        page.get_by_role("button", name="Sign-in").click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(f"{self.site.url}/**")
        return page

    def by_saml(self, saml, name):
        page = self.open("/accounts/login/")
        page.get_by_role("button", name="Sign in with Example SAML").click()
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{self.site.url}/**")
        return page
