from django.db import migrations


def make_row(apps, schema_editor):
    """The one row, there from the first day: whoever routes holds it."""
    apps.get_model("webacd", "AcdPolicy").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("webacd", "0001_initial")]
    operations = [migrations.RunPython(make_row, migrations.RunPython.noop)]
