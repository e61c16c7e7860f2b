from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # A large table, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('sessions_app', '0013_indexes_for_a_long_past'),
    ]

    operations = [
        AddIndexOnline(
            model_name='chatmessage',
            index=models.Index(
                condition=models.Q(('file__isnull', False), _negated=True),
                fields=['participant', '-id'],
                name='lines_of_a_writer',
            ),
        ),
    ]
