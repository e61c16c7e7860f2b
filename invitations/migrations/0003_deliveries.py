from email.utils import parseaddr

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

AT_ONCE = 500


def give_deliveries(apps, schema_editor):
    """To all whose state may still be asked for: the others have expired, and say so."""
    Invitation, Delivery = apps.get_model("invitations", "Invitation"), apps.get_model("mail", "Delivery")
    Job = apps.get_model("jobs", "Job")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    living = Invitation.objects.filter(channel="email", delivery=None, expires_at__gt=timezone.now())
    for invitation in living.iterator(AT_ONCE):
        at = invitation.failed_at or invitation.sent_at or invitation.queued_at or invitation.created_at
        invitation.delivery = Delivery.objects.create(
            kind="invitation",
            subject=invitation.pk,
            sending=invitation.sendings,
            message_id=f"<invitation-{invitation.pk}-{invitation.sendings}@{domain}>",
            state="failed" if invitation.failed_at else "sent" if invitation.sent_at else "queued",
            reason=invitation.failure,
            detail=invitation.failure_detail,
            attempts=invitation.attempts,
            created_at=invitation.queued_at or invitation.created_at,
            sent_at=invitation.sent_at,
            changed_at=at,
        )
        invitation.save(update_fields=["delivery"])
        waiting = Job.objects.filter(
            kind="invitations.deliver", payload={"invitation": invitation.pk, "sending": invitation.sendings}
        )
        waiting.update(kind="mail.send", payload={"delivery": invitation.delivery.pk})


class Migration(migrations.Migration):
    # The columns that are of no use any more go in the next one: PostgreSQL alters no table whose rows have just changed.
    dependencies = [
        ("invitations", "0002_plain_words"),
        ("mail", "0001_initial"),
        ("jobs", "0005_heartbeat"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="delivery",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="mail.delivery"
            ),
        ),
        migrations.RunPython(give_deliveries, migrations.RunPython.noop),
    ]
