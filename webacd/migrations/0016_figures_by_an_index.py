from django.conf import settings
from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # A large table, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('sessions_app', '0013_indexes_for_a_long_past'),
        ('webacd', '0015_living_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexOnline(
            model_name='supportrequest',
            index=models.Index(fields=['queue', 'outcome_at', 'outcome', 'arrived_at', 'answered_by', 'made_at'], name='figures_of_requests'),
        ),
        migrations.RemoveIndex(
            model_name='supportrequest',
            name='request_figures',
        ),
    ]
