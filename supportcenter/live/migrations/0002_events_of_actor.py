from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # The largest table of a site, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('live', '0001_initial'),
    ]

    operations = [
        AddIndexOnline(
            model_name='event',
            index=models.Index(fields=['actor_key'], name='events_of_actor'),
        ),
    ]
