import django.db.models.functions.text
from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # A large table, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('sessions_app', '0026_customer_panel'),
    ]

    operations = [
        AddIndexOnline(
            model_name='participant',
            index=models.Index(django.db.models.functions.text.Lower('email'), models.F('session'), condition=models.Q(('email', ''), _negated=True), name='customers_by_email'),
        ),
        AddIndexOnline(
            model_name='participant',
            index=models.Index(models.F('browser_hash'), models.F('session'), condition=models.Q(('browser_hash', ''), _negated=True), name='customers_by_browser'),
        ),
    ]
