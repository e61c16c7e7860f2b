from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0017_link_is_off'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='device',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
