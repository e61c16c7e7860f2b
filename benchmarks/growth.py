"""G1: what the past costs. Every page, action and recurring job beside a million ended sessions, and beside a thousand.

    python -m benchmarks.growth [--ended 1000000] [--few 1000] [--rounds 5] [--keep FOLDER]

CPU of the process (and of its connection, on PostgreSQL), and the rows that are read; the two sites in turn. On SQLite
and, given DATABASE_URL, on that PostgreSQL server instead, in two databases that are made for it and dropped. Ends with
1 if anything grows beyond the bound. The past takes some minutes and, of a million, some eight gigabytes; `--keep`
fills it once, and uses what it finds there.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.contenders import ROOT, environment_of, run_manage, run_python
from benchmarks.installed import bench_folder

MOST = 1.3
# Fewer are no scan, and SQLite tells them in thirties: a few blocks more are a taller tree.
FEW_ROWS = 1_000


class Side:
    """A site with its past, in a process that carries out what it is told."""

    def __init__(self, folder, database):
        command = [sys.executable, "-m", "benchmarks.site.works"]
        environment = environment_of(folder, database=database)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": (folder / "stderr.txt").open("w")}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)
        self._folder = folder
        self.works = self._read()

    def ask(self, what, name):
        self._process.stdin.write(json.dumps([what, name]) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self):
        self._process.kill()
        self._process.wait()

    def _read(self):
        line = self._process.stdout.readline()
        assert line, (self._folder / "stderr.txt").read_text()[-4000:]
        return json.loads(line)


class Growth:
    """One work on both sites: what it costs beside much, and beside little."""

    def __init__(self, name, much, few):
        self.name = name
        self.much, self.few = much.ask("rows", name), few.ask("rows", name)
        self._cpu = []

    def measure(self, much, few):
        self._cpu.append((much.ask("cpu", self.name)["cpu"], few.ask("cpu", self.name)["cpu"]))

    @property
    def cpu(self):
        return [statistics.median(seconds) * 1000 for seconds in zip(*self._cpu, strict=True)]

    @property
    def cpu_ratio(self):
        return statistics.median(much / few for much, few in self._cpu)

    @property
    def rows_ratio(self):
        return max(self.much["rows"], FEW_ROWS) / max(self.few["rows"], FEW_ROWS)

    @property
    def is_over(self):
        return max(self.cpu_ratio, self.rows_ratio) > MOST


@contextmanager
def database_on(server, name):
    """A database of its own, dropped at the end; SQLite's file needs none."""
    if not server:
        yield ""
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def fill(folder, database, ended):
    """A folder with that past, unless it holds one already."""
    done = folder / "past"
    if done.exists():
        return
    began = time.monotonic()
    run_manage("prepare", folder=folder, database=database)
    run_python("-m", "benchmarks.site.past", str(ended), folder=folder, database=database)
    if not database:
        done.touch()
    sys.stderr.write(f"  {ended:,} ended sessions in {time.monotonic() - began:.0f} s\n")


def measure(much, few, rounds):
    assert much.works == few.works
    found = [Growth(name, much, few) for name in much.works]
    for number in range(rounds):
        sys.stderr.write(f"  round {number + 1}\n")
        for each in found:
            each.measure(much, few)
    return found


def table(found, ended, few):
    yield f"| work | rows, {few:,} | rows, {ended:,} | ms CPU, {few:,} | ms CPU, {ended:,} | ratio of rows | of CPU | |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in found:
        much, little = each.cpu
        rows = f"{each.few['rows']:,} | {each.much['rows']:,}"
        ratios = f"{each.rows_ratio:.2f} | {each.cpu_ratio:.2f}"
        verdict = "OVER" if each.is_over else ""
        yield f"| {each.name} | {rows} | {little:.2f} | {much:.2f} | {ratios} | {verdict} |"


def parse():
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__.split("\n")[0])
    parser.add_argument("--ended", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder for SQLite's files, which are used again")
    return parser.parse_args()


def main():
    arguments, server = parse(), os.environ.get("DATABASE_URL", "")
    server = server if server.startswith("postgres") else ""
    place = nullcontext(arguments.keep) if arguments.keep else tempfile.TemporaryDirectory(dir=bench_folder())
    with ExitStack() as stack:
        root, sides = Path(stack.enter_context(place)), []
        for ended in (arguments.ended, arguments.few):
            folder = root / f"{'postgresql-' if server else ''}{ended}"
            database = stack.enter_context(database_on(server, f"growth_{ended}"))
            fill(folder, database, ended)
            sides.append(Side(folder, database))
            stack.callback(sides[-1].close)
        found = measure(*sides, arguments.rounds)
    sys.stdout.write("\n".join(table(found, arguments.ended, arguments.few)) + "\n")
    for each in (one for one in found if one.is_over):
        sys.stderr.write(f"{each.name}: {each.much['of_most']:,} rows by {each.much['most']}\n")
    return 1 if any(each.is_over for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
