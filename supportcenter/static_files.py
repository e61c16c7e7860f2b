from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from supportcenter import bundles


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed file names everywhere, so that caches may keep all for ever; what pages name is bundled where it can be.

    Without bundles, the imports of scripts and styles name hashed files too.
    """

    support_js_module_import_aggregation = True
    # As many passes as the longest chain of imports.
    max_post_process_passes = 20

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        with TemporaryDirectory() as folder:
            made = {} if dry_run else self.bundled_into(Path(folder))
            yield from super().post_process({**paths, **made}, dry_run=dry_run, **options)

    def bundled_into(self, folder: Path) -> dict[str, tuple[FileSystemStorage, str]]:
        """The bundles, made in `folder`, in the form in which `collectstatic` knows the files that it has found."""
        names = bundles.make_bundles(entries_of_bundles(), source(), folder)
        made = FileSystemStorage(location=folder)
        # No finder has found them, and what a script names has to be there.
        for name in (name for name in names if name.endswith(".map")):
            self.delete(name)
            self.save(name, made.open(name))
        return {name: (made, name) for name in names}


def entries_of_bundles() -> list[str]:
    """None where pages load modules one by one: for developers, and where the bundler is not installed."""
    if not settings.BUNDLES or not bundles.is_possible():
        return []
    return bundles.entries(source(), settings.BASE_DIR / "templates")


def source() -> Path:
    return Path(str(settings.STATICFILES_DIRS[0]))
