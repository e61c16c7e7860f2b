"""How the Invite panel asks."""

from django.urls import reverse

FETCH = {"X-Requested-With": "fetch"}
CAROL = {"recipient": "customer", "email": "carol@example.com", "language": "ar"}


def url(session, name="invitations", *args):
    return reverse(name, args=[session.key, *args])


def shown(page):
    return [(row.email, row.state) for row in page.context["invitations"]]
