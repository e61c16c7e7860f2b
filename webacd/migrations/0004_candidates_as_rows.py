from django.db import migrations


def to_rows(apps, _schema_editor):
    keys = ["agent", "level", "idle", "sessions", "slots", "chosen"]
    decisions = apps.get_model("webacd", "RoutingDecision").objects.order_by("pk")
    for decision in decisions.iterator():
        decision.candidates = [[one[key] for key in keys] for one in decision.candidates]
        decision.save(update_fields=["candidates"])


class Migration(migrations.Migration):
    dependencies = [("webacd", "0003_waiting_protects_its_queue")]

    operations = [migrations.RunPython(to_rows)]
