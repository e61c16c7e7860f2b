from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce


def keep_rule(apps, _schema_editor):
    rule = Coalesce(KT("why__strategy"), models.Value(""))
    apps.get_model("webacd", "Offer").objects.update(rule=rule)


class Migration(migrations.Migration):
    """An offer says by which rule it was made; how the agent stood then is in its decision, where it has always been."""

    dependencies = [("webacd", "0004_candidates_as_rows")]

    operations = [
        migrations.AddField("offer", "rule", models.CharField(blank=True, default="", max_length=16), preserve_default=False),
        migrations.RunPython(keep_rule, migrations.RunPython.noop),
        migrations.RemoveField("offer", "why"),
    ]
