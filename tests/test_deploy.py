"""What is in deploy/: the proxy's configuration, the writer of `.env`, the steps of the image, the units of systemd."""

import configparser
import os
import re
import shutil
import subprocess
import sys

import pytest
from dotenv import dotenv_values

from supportcenter.serving import server
from tests.environment import site_environment
from tests.services import NotFoundError, go_without, program
from tests.source import ROOT

CADDYFILE = ROOT / "deploy" / "caddy" / "Caddyfile"
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


def run(*command, **environment):
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)


def test_the_proxy_accepts_its_configuration_without_a_warning(tmp_path):
    try:
        caddy = program("caddy")
    except NotFoundError as missing:
        go_without(missing)
    how = ["--config", str(CADDYFILE), "--adapter", "caddyfile"]
    places = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}

    adapted = run(caddy, "adapt", *how, SITE_URL="https://support.home.arpa", **places)

    assert adapted.returncode == 0, adapted.stderr
    assert '"level":"warn"' not in adapted.stderr
    assert '"upstreams":[{"dial":"web:8000"},{"dial":"web-2:8000"}]' in adapted.stdout
    assert '"trusted_proxies"' not in adapted.stdout
    assert run(caddy, "validate", *how, SITE_URL="https://support.home.arpa", **places).returncode == 0


def test_a_new_env_is_complete_and_its_secrets_are_its_own(tmp_path):
    files = []
    for _ in range(2):
        made = run("deploy/new-env", "help.home.arpa", "11.0.0.1", "submission://me:p$a%27ss@mail.home.arpa:587")
        path = tmp_path / "made.env"
        path.write_text(made.stdout)
        files.append(dotenv_values(path, interpolate=False))

    first, second = files
    assert first["SITE_URL"] == "https://help.home.arpa"
    assert first["EMAIL_URL"] == "submission://me:p$a%27ss@mail.home.arpa:587"
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "TURN_SECRET"):
        assert re.fullmatch(r"[A-Za-z0-9]{43}", first[name])
    assert len({*first.values(), *second.values()}) == len(first) + 3


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["help.home.arpa"],
        ["https://help.home.arpa", "11.0.0.1"],
        ["support.example.org", "11.0.0.1"],
        ["localhost", "11.0.0.1"],
        ["help.home.arpa", "203.0.113.7"],
        ["help.home.arpa", "192.168.1.2"],
        ["help.home.arpa", "11.0.0.1/10.0.0.1"],
        ["help.home.arpa", "11.0.0.256"],
        ["help.home.arpa", "11.0.0.1", "mail.home.arpa"],
        ["help.home.arpa", "11.0.0.1", "smtp://it's@mail"],
        ["help.home.arpa", "11.0.0.1", "smtp://mail", "more"],
    ],
    ids=" ".join,
)
def test_a_new_env_refuses_nonsense(words):
    made = run("deploy/new-env", *words)
    assert (made.returncode, made.stdout) == (2, "")
    assert made.stderr.startswith("new-env: ")


@pytest.mark.process
def test_a_start_of_the_image_makes_nothing_again(tmp_path):
    app, data = tmp_path / "app", tmp_path / "data"
    left_out = [line.removeprefix("**/") for line in (ROOT / ".dockerignore").read_text().split()]
    shutil.copytree(ROOT, app, ignore=shutil.ignore_patterns(*left_out))
    environment = site_environment(data)
    for name in ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    subprocess.run(["sh", "deploy/docker/build.sh", sys.executable], cwd=app, env=environment, check=True)
    before = facts(app)

    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=app, env=environment, check=True)

    assert facts(app) == before
    assert any(path.suffix == ".mo" for path in before)
    assert not {"static", "locale"} & {each.name for each in data.iterdir()}


def facts(folder):
    return {path.relative_to(folder): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_has_time_to_finish_and_no_rights_to_lose(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(unit)
    service = parser["Service"]
    assert int(service["TimeoutStopSec"]) > server.PATIENCE
    assert service["EnvironmentFile"] == "/etc/support-center.env"
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    # The relay's script reads the certificate as root, and coturn is nobody.
    rights = "" if "User" in service else "CAP_CHOWN CAP_DAC_OVERRIDE CAP_KILL CAP_SETGID CAP_SETUID"
    assert service["CapabilityBoundingSet"] == rights
    assert ("User" in service) == (unit.name != "support-center-relay.service")
    if not shutil.which("systemd-analyze"):
        return
    said = run("systemd-analyze", "verify", str(unit))
    assert [line for line in said.stderr.splitlines() if "is not executable" not in line] == []
