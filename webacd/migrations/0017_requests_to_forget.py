from django.db import migrations, models

from supportcenter.online_index import AddIndexOnline


class Migration(migrations.Migration):

    # A large table, which processes write to meanwhile.
    atomic = False

    dependencies = [
        ('sessions_app', '0013_indexes_for_a_long_past'),
        ('webacd', '0016_figures_by_an_index'),
    ]

    operations = [
        AddIndexOnline(
            model_name='supportrequest',
            index=models.Index(
                condition=models.Q(
                    ('session', None),
                    models.Q(('outcome', ''), _negated=True),
                    models.Q(('message', ''), ('name', ''), _negated=True),
                ),
                fields=['session', 'outcome_at'],
                name='requests_to_forget',
            ),
        ),
    ]
