from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0006_clock_and_press")]

    operations = [
        migrations.AddField(
            model_name="recording",
            name="beside",
            field=models.FileField(blank=True, max_length=200, upload_to="recordings/%Y/%m/"),
        ),
        migrations.AddField(
            model_name="recording", name="tries", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="recordingsegment", name="is_beside", field=models.BooleanField(default=False)
        ),
    ]
