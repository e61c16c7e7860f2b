import django.core.validators
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

# Of sign-ins that were there before: their browser and its address are not known until it comes again.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing listens there
AT_ONCE = 500


def list_sign_ins(apps, schema_editor):
    """So that they can be seen, and ended, as well."""
    from django.contrib.auth import SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session, row = apps.get_model("sessions", "Session"), apps.get_model("usersessions", "UserSession")
    accounts = set(apps.get_model("accounts", "User").objects.values_list("pk", flat=True))
    decode = SessionStore().decode
    rows = []
    for each in session.objects.filter(expire_date__gt=timezone.now()).iterator(AT_ONCE):
        account = str(decode(each.session_data).get(SESSION_KEY, ""))
        if account.isdecimal() and int(account) in accounts:
            rows.append(row(session_key=each.session_key, user_id=int(account), ip=NO_ADDRESS))
    row.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ('accounts', '0021_second_factor'),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="sitepolicy",
            name="sign_in_hours",
            field=models.PositiveIntegerField(
                default=720,
                help_text="Pages say so 15 minutes before. 720 is 30 days. 0: never.",
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(9600),
                ],
                verbose_name="hours until everyone has to sign in again",
            ),
        ),
        migrations.AddField(
            model_name="sitepolicy",
            name="sign_in_idle_minutes",
            field=models.PositiveIntegerField(
                default=20160,
                help_text="Who is in a running session, or available to a queue, is never idle. 20160 is 14 days. 0: never.",
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(576000),
                ],
                verbose_name="minutes until an idle person is signed out",
            ),
        ),
        migrations.RunPython(list_sign_ins, migrations.RunPython.noop, elidable=True),
    ]
