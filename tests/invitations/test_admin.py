import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_admin_looks_at_invitations_and_changes_none(client, dana, invitation):
    client.force_login(dana)
    page = reverse("admin:invitations_invitation_change", args=[invitation.pk])

    assert "Queued" in client.get(reverse("admin:invitations_invitation_changelist")).content.decode()
    assert client.get(page).status_code == 200
    assert invitation.token not in client.get(page).content.decode()
    assert client.post(page, {"email": "eve@example.com"}).status_code == 403
    assert client.get(reverse("admin:invitations_invitation_add")).status_code == 403
