"""The README's production section, followed: a site by its five commands, and a customer who reaches nothing else."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from dotenv import dotenv_values
from playwright.sync_api import expect, sync_playwright

from tests.browser.media.flags import FLAGS, TAB
from tests.browser.media.people import MediaCustomer, MediaDesk, work_tab
from tests.browser.media.test_relay import CHOSEN, OBSERVE
from tests.browser.people import Csr
from tests.browser.site import find_chromium
from tests.browser.test_invite import InvitePanel
from tests.browser.words import Words
from tests.rehearsal import compose, readme
from tests.rehearsal.containers import Containers
from tests.rehearsal.networks import PUBLIC
from tests.services import NotFoundError, go_without, postgres_program, program
from tests.site_process import wait_until
from tests.source import ROOT

# Longer than other browser tests: a whole site starts for it.
pytestmark = [pytest.mark.process, pytest.mark.browser, pytest.mark.timeout(600)]

HOST = "support.local"
URL = f"https://{HOST}"
# What the README has as examples, and what they are here.
HERE = {
    "support.example.org": HOST,
    "203.0.113.7": PUBLIC,
    "submission://user:password@mail.example.org:587": "smtp://mail:25",
}
# Besides what deploy/new-env writes: the rest of the README's table.
CHOSEN_SETTINGS = {
    "MAIL_FROM": "help@support.local",
    "SITE_LANGUAGE": "en",
    "TIME_ZONE": "Asia/Riyadh",
    "MEDIA_RELAY_ONLY": "1",
}
PATIENCE = 30_000
NEEDED = ("caddy", "ip", "turnserver", "redis-server", "setpriv")


@pytest.fixture(scope="module")
def commands():
    return readme.commands()


@pytest.fixture(scope="module")
def given(commands):
    """`.env` as the README's second command writes it."""
    words = shlex.split(commands[1].split(" > ")[0])
    words = [HERE.get(word, word) for word in words]
    made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".env") as file:
        file.write(made)
        file.flush()
        return dict(dotenv_values(file.name)) | CHOSEN_SETTINGS


@pytest.fixture(scope="module")
def site(given):
    """The README's third command, in networks of its own; and a mail server."""
    try:
        if os.geteuid() != 0:
            raise NotFoundError("Networks of one's own need root")
        [program(name) for name in NEEDED]
        postgres_program("initdb")
    except NotFoundError as missing:
        go_without(missing)
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
    folder.chmod(0o755)
    site = Containers(compose.services(ROOT / "docker-compose.yml", given), given, folder, f"r{os.getpid()}")
    try:
        site.networks.begin()
        site.mail = folder / "mail"
        site.add("mail")
        site.run(
            "mail",
            ["python", "-m", "aiosmtpd", "-n", "-l", "0.0.0.0:25", "-c", "aiosmtpd.handlers.Mailbox", str(site.mail)],
        )
        site.up()
        yield site
    finally:
        site.close()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def admin(site, commands):
    """The README's fourth command: the name and the printed password of the first person."""
    said = execute(site, commands[3])
    assert said.returncode == 0, said.stdout + said.stderr
    return shlex.split(commands[3])[7], re.search(r"Password.*: (\S+)$", said.stdout, re.MULTILINE)[1]


def execute(site, command):
    words = shlex.split(command)
    assert words[:3] == ["docker", "compose", "exec"]
    return site.execute(words[3], words[4:])


@pytest.fixture(scope="module")
def playwright():
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def people(site, playwright, tmp_path):
    """people("carol", line=2): the context of a browser on a machine at the end of that line."""
    browsers = []

    def people(name, line, *flags):
        space = site.networks.person(name, line=line)
        site.networks.named(space, **{HOST: PUBLIC})
        start = tmp_path / name
        start.write_text(f'#!/bin/sh\nexec ip netns exec {space} {find_chromium()} "$@"\n')
        start.chmod(0o755)
        # Caddy's own authority, which nobody's browser knows. It is looked at below.
        args = [*FLAGS, "--ignore-certificate-errors", *flags]
        browsers.append(playwright.chromium.launch(executable_path=start, args=args))
        context = browsers[-1].new_context(locale="en-GB")
        context.set_default_timeout(PATIENCE)
        context.add_init_script(OBSERVE)
        return space, context

    yield people
    for browser in browsers:
        browser.close()


class Place:
    url = URL


def test_it_is_five_commands(commands):
    assert [command.split()[0] for command in commands] == ["git", "deploy/new-env", "docker", "docker", "docker"]
    assert commands[2] == "docker compose up -d --wait"
    assert [command.split()[:4] for command in commands[3:]] == [["docker", "compose", "exec", "web"]] * 2


def test_every_documented_setting_is_known_passed_on_and_read(site, given):
    example = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    others = {"POSTGRES_PASSWORD", "TURN_EXTERNAL_IP"}
    assert readme.settings() - others - example == set()
    assert set(given) <= readme.settings()
    arrives = {value for name in site.services for value in site.settings_of(name).values()}
    commands = " ".join(" ".join(each.command()) for each in site.services.values())
    lost = {name for name, value in given.items() if value not in arrives and value not in commands}
    assert lost == set()
    read = " ".join(path.read_text() for path in (ROOT / "supportcenter" / "settings").glob("*.py"))
    assert {name for name in readme.settings() - others if f'"{name}"' not in read} == set()
    asked = [
        *["manage.py", "shell", "-v", "0", "-c"],
        "from django.conf import settings; print(settings.MISTAKEN_NAMES)",
    ]
    assert site.execute("web", ["python", *asked]).stdout.strip() in {"{}", "[]", "()"}


def test_a_customer_is_helped_through_proxy_and_relay(site, admin, people):
    csr_space, csr_context = people("sara", 1)
    carol_space, carol_context = people("carol", 2, TAB)
    assert not reaches(carol_space, site.networks.inside["web"])
    sara = Csr(csr_context, Place, Words("en"), admin[0])
    page = sara.open("/accounts/login/")
    page.get_by_label("Username", exact=True).fill(admin[0])
    page.get_by_label("Password", exact=True).fill(admin[1])
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)

    desk = MediaDesk.of(sara.start(email=True))
    panel = InvitePanel(desk).is_open()
    panel.fill_in("carol@example.com")
    panel.ok()
    wait_until(lambda: messages(site.mail))
    (message,) = messages(site.mail)
    assert message["From"].endswith("help@support.local>") or message["From"] == "help@support.local"
    panel.lists("carol@example.com", "Sent")
    panel.close()
    link = re.search(rf"{URL}/\S+", message.get_body(("plain",)).get_content())[0]

    door = carol_context.new_page()
    door.goto(link)
    carol = MediaCustomer(door, Csr(carol_context, Place, Words("en"), ""))
    door.get_by_label("Your name").fill("Carol")
    door.locator("main").get_by_role("button", name="Join", exact=True).click()
    carol.is_let_in()
    carol.is_live()
    carol.say("Good morning")
    desk.hears("Good morning")
    desk.say("Hello Carol")
    carol.hears("Hello Carol")

    carol.work = work_tab(carol_context, "rgb(0,0,255)")
    door.bring_to_front()
    desk.asks_for_desktop()
    carol.allows()
    desk.sees("Carol’s screen", (0, 0, 255), patience=30)
    assert door.evaluate(CHOSEN)[:2] == ["relay", "relay"]

    for name in ("web", "web-2"):
        assert site.stop(name) == 0, site.said_by(name)
        desk.say(f"While {name} is away")
        carol.hears(f"While {name} is away")
        site.start(name)
        site.wait_for(name)
    carol.is_live()
    desk.sees("Carol’s screen", (0, 0, 255), patience=30)
    desk.end()
    carol.is_thanked()


def reaches(space, address):
    probe = f"import socket; socket.create_connection(({address!r}, 8000), 2)"
    return subprocess.run(["ip", "netns", "exec", space, "python3", "-c", probe], capture_output=True).returncode == 0


def messages(folder):
    new = folder / "new"
    return (
        [message_from_bytes(each.read_bytes(), policy=policy.default) for each in new.glob("*")] if new.exists() else []
    )


def test_doctor_finds_everything_well(site, admin, commands):
    said = execute(site, commands[4])
    assert said.returncode == 0, said.stdout + said.stderr
