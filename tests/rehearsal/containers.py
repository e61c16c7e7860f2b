"""What exists in Docker alone, done without it: images as the programs of this machine, volumes as folders.

Each service runs the command of docker-compose.yml in a network namespace of its own, with the environment that Compose
would give it and nothing of this shell's. Of the images, what their entry points do is here.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.rehearsal.networks import PUBLIC, Networks
from tests.services import postgres_program
from tests.site_process import wait_until
from tests.source import ROOT

# Of the Dockerfile: what it runs without a command, and where it is.
SITE_COMMAND = ["python", "manage.py", "serve", "--host", "0.0.0.0", "--prepare"]
AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
KEPT = ("PATH", "LANG")


class Containers:
    """`up` starts everything, in order, each when what it depends on is well."""

    def __init__(self, services, given, folder, mark):
        self.services = {each.name: each for each in services}
        self._given, self._folder = given, folder
        self.networks = Networks(mark)
        self._spaces, self.running = {}, {}
        self._app = ROOT

    def build(self):
        """The image: the files that .dockerignore leaves, and the Dockerfile's last step over them."""
        left_out = [line.removeprefix("**/") for line in (ROOT / ".dockerignore").read_text().split()]
        app = shutil.copytree(ROOT, self._folder / "app", ignore=shutil.ignore_patterns(*left_out))
        assert "RUN sh deploy/docker/build.sh\n" in (ROOT / "Dockerfile").read_text()
        subprocess.run(["sh", "deploy/docker/build.sh", sys.executable], cwd=app, env=self._kept(), check=True)
        return app

    def add(self, name, space=None):
        self._spaces[name] = space or self.networks.service(name)

    def up(self):
        self._app = self.build()
        for each in self.services.values():
            self.add(each.name, self.networks.host if each.is_reached_from_outside else None)
        for space in {*self._spaces.values()}:
            self.networks.named(space, **self.networks.inside, **{self._host_name: PUBLIC})
        for name in self.services:
            self.wait_for(*self.services[name].words.get("depends_on", ()))
            self.start(name)
        self.wait_for(*self.services)

    @property
    def _host_name(self):
        return self._given["SITE_URL"].split("//")[1]

    def start(self, name):
        service = self.services[name]
        command = service.command() or SITE_COMMAND
        if name == "postgres":
            command = self._postgres(service)
        elif command[0] == "redis-server":
            # As the image's entry point: only its own network reaches it.
            command = [*command, "--protected-mode", "no", "--dir", str(self._folder)]
        elif name == "coturn" and command[0].startswith("-"):
            command = ["turnserver", *command]
        self.run(name, command, service)

    def run(self, name, command, service=None):
        log = (self._folder / f"{name}.log").open("a")
        environment = self._environment(service) if service else self._kept()
        self.running[name] = subprocess.Popen(
            self._inside(name, self._translated(command, service)),
            env=environment, cwd=self._app, stdout=log, stderr=subprocess.STDOUT, process_group=0,
        )  # fmt: skip

    def wait_for(self, *names):
        for name in names:
            wait_until(lambda name=name: self.is_well(name), 90)

    def is_well(self, name):
        assert self.running[name].poll() is None, f"{name} has ended:\n{self.said_by(name)}"
        health = self.services[name].health
        return health is None or self.execute(name, health).returncode == 0

    def execute(self, name, command):
        """`docker compose exec`, and what health checks are."""
        service = self.services[name]
        return subprocess.run(
            self._inside(name, self._translated(command, service)),
            env=self._environment(service) | self._trust(), cwd=self._app, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def _trust(self):
        """The certificate is of Caddy's own authority here; of a public one, the image would know it."""
        root = self._folder / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        return {"SSL_CERT_FILE": str(root)} if root.exists() else {}

    def stop(self, name):
        """As `docker compose stop`; the exit code."""
        process = self.running[name]
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)
        del self.running[name]
        return code

    def said_by(self, name):
        return (self._folder / f"{name}.log").read_text(errors="replace")

    def settings_of(self, name):
        """The environment with which it runs."""
        pairs = Path(f"/proc/{self.running[name].pid}/environ").read_bytes().decode().split("\0")
        return dict(pair.split("=", 1) for pair in pairs if "=" in pair)

    def close(self):
        try:
            for process in self.running.values():
                process.terminate()
            for process in self.running.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(25)
                # And what it has started.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        finally:
            self.networks.close()

    def _inside(self, name, command):
        return ["ip", "netns", "exec", self._spaces[name], *command]

    def _kept(self):
        return {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(self._folder)}

    def _environment(self, service):
        own = service.environment(self._given)
        if service.is_of_the_site:
            # Of the Dockerfile, and no `.env` of a developer's.
            own |= {
                "PYTHONUNBUFFERED": "1",
                "PYTHONDONTWRITEBYTECODE": "1",
                "DATA_DIR": str(self._folder / "data"),
                "ENV_FILE": os.devnull,
            }
        if service.name == "caddy":
            own |= {"XDG_DATA_HOME": str(self._folder / "caddy"), "XDG_CONFIG_HOME": str(self._folder / "config")}
        return self._kept() | {name: self._placed(value, service) for name, value in own.items()}

    def _translated(self, command, service):
        words = [self._placed(word, service) if service else word for word in command]
        if words[0] == "python":
            words[0] = sys.executable
        elif words[0] == "celery":
            words[0] = str(Path(sys.executable).with_name("celery"))
        elif words[0] == "wget" and not shutil.which("wget"):
            words = [sys.executable, "-c", "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])", words[-1]]
        elif words[0] == "pg_isready":
            words[0] = postgres_program(words[0])
        return words

    def _placed(self, word, service):
        """A path in the container is one of this machine: a volume's folder or a file of the checkout."""
        for target, source in service.mounts.items():
            place = source if isinstance(source, Path) else self._folder / source
            if word == target or word.startswith(f"{target}/"):
                return f"{place}{word.removeprefix(target)}"
        return word

    def _postgres(self, service):
        """As the image's entry point: a first start makes the person, with the password, and the database."""
        data, own = self._folder / "postgres", service.environment(self._given)
        if not data.exists():
            data.mkdir()
            password = self._folder / "password"
            password.write_text(own["POSTGRES_PASSWORD"])
            shutil.chown(data, "postgres", "postgres")
            shutil.chown(password, "postgres", "postgres")
            how = ["-U", own["POSTGRES_USER"], f"--pwfile={password}", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"]
            made = [*AS_POSTGRES, postgres_program("initdb"), "-D", str(data), *how]
            subprocess.run(made, check=True, cwd="/", stdout=subprocess.DEVNULL)
            single = [*AS_POSTGRES, postgres_program("postgres"), "--single", "-D", str(data), "postgres"]
            subprocess.run(
                single,
                check=True,
                cwd="/",
                input=f'CREATE DATABASE "{own["POSTGRES_DB"]}"\n',
                text=True,
                stdout=subprocess.DEVNULL,
            )
            with (data / "pg_hba.conf").open("a") as rules:
                rules.write("host all all all scram-sha-256\n")
        options = ["-c", "listen_addresses=*", "-c", "fsync=off", "-k", str(data)]
        return [*AS_POSTGRES, postgres_program("postgres"), "-D", str(data), *options]
