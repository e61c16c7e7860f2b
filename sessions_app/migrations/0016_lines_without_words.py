from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # A large table, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('sessions_app', '0015_words_of_the_chat'),
    ]

    operations = [
        AddIndexOnline(
            model_name='chatmessage',
            index=models.Index(condition=models.Q(('words', None)), fields=['id'], name='lines_without_words'),
        ),
    ]
