import platform
import sqlite3
import subprocess
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connection

from supportcenter.version import VERSION


class Command(BaseCommand):
    help = "Tell the release of the site and of what it runs on: what to say when reporting a fault."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Support center {VERSION}")
        if commit := _commit():
            self.stdout.write(f"Commit {commit}")
        self.stdout.write(f"Python {platform.python_version()}")
        self.stdout.write(f"Django {django.get_version()}")
        self.stdout.write(_database())


def _database() -> str:
    try:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            return f"SQLite {sqlite3.sqlite_version}"
        return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    except Error:
        return f"{connection.display_name}: away"


def _commit() -> str:
    """Of a checkout; an image has none, nor a machine without git."""
    if not (settings.BASE_DIR / ".git").exists():
        return ""
    try:
        told = subprocess.run(  # noqa: S603 - nothing in it comes from outside
            ["git", "-C", str(settings.BASE_DIR), "describe", "--always", "--dirty"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip() if told.returncode == 0 else ""
