from invitations.models.invitation import Invitation

__all__ = ["Invitation"]
