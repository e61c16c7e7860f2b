from allauth.usersessions.apps import UserSessionsConfig


class LeanUserSessions(UserSessionsConfig):
    """allauth's table of sign-ins, kept by `actions/activity.py`.

    Its own way asks once for every sign-in of a person at each of them, and writes at every request.
    """

    def ready(self) -> None:
        """Nothing of it listens."""
