from django.db import migrations, models


class Migration(migrations.Migration):
    """A choice has another label: nothing in the database changes."""

    dependencies = [("webacd", "0011_queue_entry")]

    operations = [
        migrations.AlterField(
            "entryfield",
            "kind",
            models.CharField(
                choices=[
                    ("text", "one line"),
                    ("long_text", "several lines"),
                    ("choice", "a choice"),
                    ("email", "an email address"),
                    ("phone", "a telephone number"),
                    ("check", "a check box"),
                ],
                default="text",
                max_length=10,
                verbose_name="kind",
            ),
        ),
    ]
