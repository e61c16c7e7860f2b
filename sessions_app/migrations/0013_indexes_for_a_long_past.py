from django.conf import settings
from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # Large tables, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('sessions_app', '0012_removal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexOnline(
            model_name='chatmessage',
            index=models.Index(fields=['at'], name='messages_by_time'),
        ),
        AddIndexOnline(
            model_name='filetransfer',
            index=models.Index(condition=models.Q(('file__gt', '')), fields=['offered_at'], name='kept_files'),
        ),
        AddIndexOnline(
            model_name='participant',
            index=models.Index(condition=models.Q(('left_at__isnull', True)), fields=['left_at', 'user'], name='present_csrs'),
        ),
        AddIndexOnline(
            model_name='participant',
            index=models.Index(fields=['user', 'session'], name='sessions_of_csr'),
        ),
        AddIndexOnline(
            model_name='recording',
            index=models.Index(condition=models.Q(('file__gt', '')), fields=['started_at'], name='kept_recordings'),
        ),
        AddIndexOnline(
            model_name='recordingsegment',
            index=models.Index(fields=['started_at'], name='segments_by_time'),
        ),
        AddIndexOnline(
            model_name='retirednumber',
            index=models.Index(fields=['used_at'], name='retired_numbers_by_time'),
        ),
        AddIndexOnline(
            model_name='supportsession',
            index=models.Index(fields=['ended_at'], name='sessions_by_end'),
        ),
        AddIndexOnline(
            model_name='supportsession',
            index=models.Index(fields=['started_at'], name='sessions_by_start'),
        ),
    ]
