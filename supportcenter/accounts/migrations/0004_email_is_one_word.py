import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    """A field has another label: nothing in the database changes."""

    dependencies = [("accounts", "0003_media_people")]

    operations = [
        migrations.AlterField(
            "sitepolicy",
            "invitations_per_session",
            models.PositiveIntegerField(
                default=20,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100000),
                ],
                verbose_name="email invitations per session",
            ),
        ),
    ]
