"""What admins have defined, in place of what every site begins with."""

import pytest

from sessions_app.models import ClosingReason, Tag, TrackingField


@pytest.fixture
def defined(db):
    """The fields, tags and reasons of the tests, by their names."""
    TrackingField.objects.all().delete()
    ClosingReason.objects.all().delete()
    rows = [
        TrackingField.objects.create(name="Ticket", name_ar="التذكرة", address="https://tickets.test/?q={value}"),
        TrackingField.objects.create(name="Product", choices="Printer\nScanner"),
        Tag.objects.create(name="Urgent", name_ar="عاجل"),
        Tag.objects.create(name="Training"),
        Tag.objects.create(name="Old", is_on=False),
        ClosingReason.objects.create(name="Solved"),
        ClosingReason.objects.create(name="Gone", is_on=False),
    ]
    return {row.name: row for row in rows}
