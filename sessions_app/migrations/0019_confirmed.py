from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0018_device_of_participant'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='confirmed',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
