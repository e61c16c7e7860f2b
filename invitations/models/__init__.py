from invitations.models.invitation import Invitation
from invitations.models.wording import InvitationWording

__all__ = ["Invitation", "InvitationWording"]
