from django.conf import settings
from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # Large tables, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('sessions_app', '0012_removal'),
        ('webacd', '0014_told'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexOnline(
            model_name='offer',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['agent'], name='open_offers_of_an_agent'),
        ),
        AddIndexOnline(
            model_name='supportrequest',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['transferred_by'], name='waiting_requests'),
        ),
    ]
