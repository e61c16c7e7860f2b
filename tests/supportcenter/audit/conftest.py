from datetime import timedelta

import pytest
from django.utils import timezone

from supportcenter.audit.models import Entry


@pytest.fixture
def add(db):
    """Makes an entry, the later the fewer minutes ago."""

    def make(what="signed_in", *, minutes=0, topic="sign_in", **more):
        return Entry.objects.create(what=what, topic=topic, at=timezone.now() - timedelta(minutes=minutes), **more)

    return make
