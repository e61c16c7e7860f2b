from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_closing'),
    ]

    operations = [
        migrations.AddField(
            model_name='sitepolicy',
            name='earlier_sessions',
            field=models.CharField(choices=[('off', 'not shown'), ('own', 'those whose record the representative may read'), ('all', 'all')], default='all', help_text='Shown to representatives: the same email address, or a browser that the customer wants remembered. Sessions whose record they may not read are listed without a link.', max_length=3, verbose_name='earlier sessions of the same customer'),
        ),
    ]
