from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0025_csr_pages'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='browser_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='participant',
            name='came_by',
            field=models.CharField(blank=True, choices=[('number', 'session number'), ('link', 'join link'), ('invitation', 'invitation'), ('queue', 'queue'), ('signed', 'link of another system')], max_length=10),
        ),
    ]
