from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed file names everywhere, JavaScript imports included: no bundler, and caches may keep all for ever."""

    support_js_module_import_aggregation = True
    # As many passes as the longest chain of imports.
    max_post_process_passes = 20
