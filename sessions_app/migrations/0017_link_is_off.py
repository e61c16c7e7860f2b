from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0016_lines_without_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='supportsession',
            name='link_is_off',
            field=models.BooleanField(default=False),
        ),
    ]
