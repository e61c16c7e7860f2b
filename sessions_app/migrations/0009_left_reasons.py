from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0008_folded_name'),
    ]

    operations = [
        migrations.AlterField(
            model_name='participant',
            name='left_reason',
            field=models.CharField(blank=True, choices=[('left', 'left'), ('closed', 'closed the page'), ('lost', 'connection lost'), ('removed', 'removed by the representative'), ('not_admitted', 'not admitted'), ('ended', 'the session ended'), ('transferred', 'transferred the session')], max_length=16),
        ),
    ]
