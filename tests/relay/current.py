"""coturn as Debian's newest branch has it, in a folder of its own with its libraries: nothing of it is installed."""

import shutil
import subprocess
from pathlib import Path

from tests.services import go_without

KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
RUN = """#!/bin/sh
exec "{loader}" --library-path "{libraries}" "{program}" "$@"
"""


def current_coturn(home):
    """The path of a program `turnserver`."""
    if not shutil.which("apt-get") or not Path(KEYS).exists():
        go_without("apt-get and Debian’s keys are missing")
    mirror = mirror_of_this_machine()
    for folder in ("lists/partial", "archives/partial", "root", "bin"):
        (home / folder).mkdir(parents=True)
    (home / "sources").write_text(f"deb [signed-by={KEYS}] {mirror} sid main\n")
    # An empty machine, so that every library comes along.
    (home / "status").touch()
    options = {
        "Dir::Etc::SourceList": home / "sources",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": home / "lists",
        "Dir::State::Status": home / "status",
        "Dir::State::Extended_States": home / "extended",
        "Dir::Cache": home,
        "Dir::Log": home,
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "Debug::NoLocking": "true",
    }
    apt = ["apt-get", "-q", "-y", *(f"-o{name}={value}" for name, value in options.items())]
    for command in (["update"], ["install", "--download-only", "coturn"]):
        run = subprocess.run([*apt, *command], capture_output=True, text=True)
        if run.returncode:
            go_without(f"{mirror} gives no coturn: {run.stderr}")
    for package in (home / "archives").glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, home / "root"], check=True)
    loader = next((home / "root/usr").glob("lib/*/ld-linux*"))
    program = home / "bin/turnserver"
    program.write_text(RUN.format(loader=loader, libraries=loader.parent, program=home / "root/usr/bin/turnserver"))
    program.chmod(0o755)
    return program


def mirror_of_this_machine():
    """Where its own packages come from: by what is set up, so lists that were never fetched do not matter."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    listed = subprocess.run(asked, capture_output=True, text=True).stdout.split()
    mirrors = [each for each in listed if each.rstrip("/").endswith("/debian")]
    return mirrors[0] if mirrors else go_without("no mirror of Debian’s is set up")
