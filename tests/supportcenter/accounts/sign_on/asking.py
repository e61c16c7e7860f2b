"""What tests of sign-ins ask a browser."""

from django.contrib.auth import get_user


def signed_in_as(client):
    user = get_user(client)
    return user if user.is_authenticated else None
