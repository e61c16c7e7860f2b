"""`manage.py serve`: pages, sockets and later work in one process."""

import gc
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.urls import get_resolver
from twisted.internet.error import CannotListenError

from supportcenter.jobs.models import Role
from supportcenter.jobs.workers.embedded import EmbeddedRunner
from supportcenter.jobs.workers.heartbeat import Heart, Pulse
from supportcenter.jobs.workers.startup import run_startup_hooks
from supportcenter.live.delivery.hub import hub
from supportcenter.management.start_up_line import say_how_it_is
from supportcenter.private_files import keep_private
from supportcenter.refusals.database_away import is_database_away
from supportcenter.schema import NewerDatabase, refuse_newer_database
from supportcenter.serving.temporary import use_temporary_folder
from supportcenter.site_lock import SiteInUse, stay_in_use
from supportcenter.version import VERSION

# Seconds. A short request hands over between threads a dozen times, and may wait so long each time; Python's own 5 ms
# were felt beside a long table.
SWITCH_INTERVAL = 0.0005


class Command(BaseCommand):
    help = "Serve the site: pages, sockets and (unless Celery does it) later work, in this one process."
    requires_system_checks = []
    # Where workers run jobs: this process serves. The embedded runner has a pulse of its own.
    heart: Heart | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--prepare", action="store_true", help="First do what `manage.py prepare` does.")
        parser.add_argument(
            "--demo", action="store_true", help="First make and list the demo accounts, with two weeks of sessions."
        )

    def handle(self, *, host: str, port: int, prepare: bool, demo: bool, **options: Any) -> None:
        keep_private(settings.DATA_DIR)
        # Pages will connect here: what is told before has no one to hear it.
        hub.serves = True
        try:
            stay_in_use()
            refuse_newer_database()
            if prepare:
                call_command("prepare")
            if demo:
                call_command("seed_demo", past=True, stdout=self.stdout)
            self.serve(host, port)
        except (NewerDatabase, SiteInUse) as why:
            raise CommandError(f"{why}") from why
        except KeyboardInterrupt:
            self.stderr.write("Stopped before it began to serve.")
        except DatabaseError as error:
            raise said_of(error) from error

    def serve(self, host: str, port: int) -> None:
        # Here and not above: Daphne installs its reactor when imported, which other commands can do without.
        from supportcenter.asgi import application
        from supportcenter.serving.server import SupportServer

        use_temporary_folder(settings.TEMPORARY_DIR)
        runner = EmbeddedRunner() if settings.JOBS_RUNNER == "embedded" else None
        server = SupportServer(
            application,
            host=host,
            port=port,
            body_limit=settings.HTTP_BODY_LIMIT,
            trusted_proxies=settings.TRUSTED_PROXIES,
            on_listening=lambda address: self.begin(runner, address),
            runner=runner,
        )
        server.run()
        if self.heart:
            self.heart.stop()
        if server.failure:
            raise said_of(server.failure, address=f"{host}:{port}") from server.failure

    def begin(self, runner: EmbeddedRunner | None, address: Any) -> None:
        """The port is ours, so no other process serves this site, and nobody has been let in yet."""
        run_startup_hooks()
        if runner:
            runner.start()
        else:
            self.heart = Heart(Pulse(Role.WEB))
            self.heart.start()
        connections.close_all()
        tune_interpreter()
        self.stdout.write(
            f"Serving {settings.SITE_URL} on {address.host}:{address.port}, version {VERSION}. Ctrl-C stops."
        )
        self.stdout.flush()
        say_how_it_is(self.stdout)


def said_of(failure: BaseException, *, address: str = "") -> BaseException:
    """What the shell is told: of the port, of the database, and everything else as it was raised."""
    if isinstance(failure, CannotListenError):
        return CommandError(f"Cannot listen on {address}. {failure}")
    if is_database_away(failure):
        return CommandError(f"The database cannot be reached. {failure}")
    return failure


def tune_interpreter() -> None:
    """Keep short what everybody waits for: many threads, of which one may read for seconds, share this interpreter."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    # What is loaded by now stays: without it, a full collection takes no tenth of a second. The views come in first.
    len(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
