"""docker-compose.yml passes on every setting of .env.example, or its head says why not."""

import re

from tests.source import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text()
SETTINGS = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
HEAD, _, REST = COMPOSE.partition("include:")
SITE = REST.partition("x-site:")[2].partition("x-web:")[0]
PASSED = re.findall(r"^    ([A-Z_]+):", SITE, re.MULTILINE)
EXCEPT = dict(re.findall(r"^#   ([A-Z_]+) +(\S.*)$", HEAD.partition("except:")[2], re.MULTILINE))
# Of other services: the database's and the relay's.
OF_OTHERS = {"POSTGRES_PASSWORD", "TURN_EXTERNAL_IP", "TURN_REALM"}


def test_the_file_is_read():
    assert {"SECRET_KEY", "LOG_LEVEL"} <= set(PASSED)
    assert EXCEPT["FFMPEG"] == "is in the image"


def test_every_setting_is_passed_on_or_excepted_with_a_reason():
    assert SETTINGS - set(PASSED) - set(EXCEPT) == set()


def test_no_setting_is_passed_on_that_there_is_not():
    assert set(PASSED) | set(EXCEPT) <= SETTINGS
    assert len(PASSED) == len(set(PASSED))


def test_what_the_head_asks_for_is_used():
    asked = set(re.findall(r"^#   ([A-Z_]+) ", HEAD.partition("Every other")[0], re.MULTILINE))
    relay = (ROOT / "deploy" / "coturn" / "compose.yml").read_text()
    assert asked - set(PASSED) == OF_OTHERS & asked
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE + relay)) <= set(PASSED) | OF_OTHERS | {"PORT"}
