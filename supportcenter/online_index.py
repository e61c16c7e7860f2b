"""Add an index to a large table while processes of the site write to it. For migrations that are not atomic."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex
from django.db.migrations.state import ProjectState


class AddIndexOnline(AddIndex):
    """As AddIndex; PostgreSQL builds the index without holding up writers, unless it is in a transaction (a restore).

    A build that was broken off leaves an index that is invalid, or complete without its migration on record: it is
    built again.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        connection = schema_editor.connection
        online = connection.vendor == "postgresql" and not connection.in_atomic_block
        how = "CONCURRENTLY " if online else ""
        schema_editor.execute(f"DROP INDEX {how}IF EXISTS {schema_editor.quote_name(self.index.name)}")
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(connection.alias, model):
            return
        more: dict[str, Any] = {"concurrently": True} if online else {}
        schema_editor.add_index(model, self.index, **more)
