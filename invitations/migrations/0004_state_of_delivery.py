from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("invitations", "0003_deliveries")]

    operations = [
        migrations.RemoveConstraint(model_name="invitation", name="invitation_is_sent_or_failed"),
        *[
            migrations.RemoveField(model_name="invitation", name=name)
            for name in ["attempts", "failed_at", "failure", "failure_detail", "queued_at", "sent_at"]
        ],
    ]
