"""What a backup says about itself and its site, before anything else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from supportcenter import clock
from supportcenter.backups import FORMAT
from supportcenter.backups.errors import NoBackup
from supportcenter.secret_key import FORMER
from supportcenter.version import VERSION

KEPT, GIVEN = "kept in DATA_DIR", "given by the environment"


@dataclass(frozen=True)
class Facts:
    format: int
    version: str
    made_at: str
    site_url: str
    database: str
    # Which site it is: the same key is the same site. The key itself cannot be had from it.
    site: str
    key: str
    migrations: list[tuple[str, str]]
    # For each model the highest key that was ever given to a row of it: none is given twice.
    last_keys: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Facts:
        """Raises NoBackup."""
        try:
            found = json.loads(text)
            form = found["format"]
            if isinstance(form, int) and form > FORMAT:
                raise NoBackup(
                    f"The backup was made by release {found['version']}, in a form that this one ({VERSION}) does not "
                    "know: restore it with that release."
                )
            facts = cls(**found)
            return replace(facts, migrations=[(str(app), str(name)) for app, name in facts.migrations])
        except (ValueError, TypeError, KeyError) as wrong:
            raise NoBackup("This is no backup of a support center.") from wrong


def facts_of_site(last_keys: dict[str, int]) -> Facts:
    return Facts(
        format=FORMAT,
        version=VERSION,
        made_at=clock.now().isoformat(timespec="seconds"),
        site_url=settings.SITE_URL,
        database=connection.vendor,
        site=fingerprint(settings.SECRET_KEY),
        key=KEPT if key_is_kept() else GIVEN,
        migrations=sorted(MigrationLoader(connection).applied_migrations),
        last_keys=last_keys,
    )


def fingerprint(key: str) -> str:
    return hashlib.sha256(b"support center, which site\0" + key.encode()).hexdigest()[:32]


def key_file() -> Path:
    return Path(settings.DATA_DIR) / "secret_key"


def former_keys_file() -> Path:
    return key_file().with_name(FORMER)


def key_is_kept() -> bool:
    """Whether the site's key is the one in DATA_DIR, and not one that the environment gives."""
    return key_file().is_file() and key_file().read_text().strip() == settings.SECRET_KEY
