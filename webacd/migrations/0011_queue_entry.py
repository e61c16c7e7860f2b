import django.db.models.deletion
from django.db import migrations, models

ACTIONS = ["add", "change", "delete", "view"]


def rename_permissions(old, new, words):
    """So that nobody's permission is lost, and none is listed twice."""

    def rename(apps, schema_editor):
        permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
        for action in ACTIONS:
            found = permissions.filter(content_type__app_label="webacd", codename=f"{action}_{old}")
            found.update(codename=f"{action}_{new}", name=f"Can {action} {words}")

    return rename


class Migration(migrations.Migration):
    """`Waiting` is called `QueueEntry`. Its table stays: but for four permissions nothing is written."""

    dependencies = [("webacd", "0010_agent_version"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.AlterModelTable("waiting", "webacd_waiting"),
        migrations.RenameModel("Waiting", "QueueEntry"),
        migrations.AlterField(
            "queueentry",
            "request",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="queue_entry",
                serialize=False,
                to="webacd.supportrequest",
            ),
        ),
        migrations.AlterField(
            "queueentry",
            "queue",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="webacd.queue"
            ),
        ),
        migrations.RunPython(
            rename_permissions("waiting", "queueentry", "queue entry"),
            rename_permissions("queueentry", "waiting", "waiting"),
        ),
    ]
