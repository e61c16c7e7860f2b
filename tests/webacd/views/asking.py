"""How a page's script asks, and what it reads of a refusal."""

from django.urls import reverse

FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


def post(client, name, *args, **fields):
    return client.post(reverse(name, args=args), fields, **FETCH)


def code(response):
    return response.json()["error"]["code"]
