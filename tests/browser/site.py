"""The site that browser tests share: the real product, killed and started again as a test likes."""

import os
import shutil
import signal

from tests.browser.beside import Beside
from tests.site_process import SiteProcess

PASSWORD = "correct horse battery"
# Graces short enough to be waited for, long enough for a busy machine to reload a page in. All have one address.
SHORT_GRACES = {"reload_grace": 3, "connection_grace": 8, "customer_grace": 8, "joins_per_address": 1000}

PEOPLE = """
from django.core.management import call_command
call_command("seed_demo")
from supportcenter.accounts.models import CsrPrivileges
CsrPrivileges.objects.filter(user__username="faris").update(max_customers=1)
from webacd.models import AcdPolicy
# All strangers of all tests come from one address.
AcdPolicy.objects.update(entries_per_address=1000)
"""
POLICY = """
from supportcenter.accounts.models import SitePolicy
SitePolicy.current()
SitePolicy.objects.update(**{policy!r})
"""


class Site(SiteProcess):
    def __init__(self, data_dir, **environment):
        # The pages of developers, but with the scripts that everybody else gets.
        super().__init__(data_dir, DEMO_PASSWORD=PASSWORD, DEVELOPER_PAGES="1", **{"BUNDLES": "1", **environment})
        self._beside = None

    def __exit__(self, *error):
        super().__exit__(*error)
        self._end_beside()

    def prepare(self, policy=SHORT_GRACES):
        """Make the folder ready to be served, with the demo accounts and an admin's decisions: one to copy."""
        self.do("prepare")
        self.run(PEOPLE)
        self.decide(**policy)
        self._end_beside()

    def decide(self, **policy):
        """Change the site's policy as an admin would, whether the site runs or not."""
        self.run(POLICY.format(policy=policy))

    def run(self, code):
        """Python in a process of its own, as an admin's command would run beside the site."""
        self._beside = self._beside or Beside(self.environment)
        self._beside.run(code)

    def _end_beside(self):
        if self._beside:
            self._beside.end()
            self._beside = None

    def kill(self):
        """No goodbye to anybody, nothing tidied up."""
        self.stop(signal.SIGKILL)

    @property
    def mails(self):
        """The messages that the site has sent, oldest first."""
        return sorted((self.data_dir / "mail").glob("*"), key=lambda file: file.stat().st_mtime)

    def faults_since(self, line):
        """What the server said of unexpected errors after that many lines."""
        return [said for said in self.lines[line:] if " ERROR " in said or said.lstrip().startswith("Traceback")]


def find_chromium():
    """A path, or None for the browser that Playwright has installed for itself."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
