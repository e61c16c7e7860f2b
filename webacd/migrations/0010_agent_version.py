from django.db import migrations, models


class Migration(migrations.Migration):
    """`Agent.turn` is called `version`. Its column stays, so neither operation touches the database."""

    dependencies = [("webacd", "0009_agent_presence")]

    operations = [
        migrations.AlterField("agent", "turn", models.PositiveBigIntegerField(db_column="turn", default=0)),
        migrations.RenameField("agent", "turn", "version"),
    ]
