from django.db import migrations

import supportcenter.text.folded
from supportcenter.text.folding import fold

AT_ONCE = 1000


def fold_names(apps, schema_editor):
    """By the key, so that each batch begins where the last one ended, however many there are."""
    participants = apps.get_model("sessions_app", "Participant").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(participants.filter(pk__gt=last).order_by("pk").only("pk", "name")[:AT_ONCE]):
        for each in batch:
            each.folded_name = fold(each.name)
        participants.bulk_update(batch, ["folded_name"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0007_recording_beside"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="folded_name",
            field=supportcenter.text.folded.FoldedField("name"),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
