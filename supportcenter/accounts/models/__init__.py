from supportcenter.accounts.models.csr_privileges import CsrPrivileges
from supportcenter.accounts.models.face import Face
from supportcenter.accounts.models.notification_settings import NotificationSettings
from supportcenter.accounts.models.people_file import PeopleFile
from supportcenter.accounts.models.push_subscription import PushSubscription
from supportcenter.accounts.models.sign_on import SignOn
from supportcenter.accounts.models.site_picture import SitePicture
from supportcenter.accounts.models.site_policy import SitePolicy
from supportcenter.accounts.models.team import Team, TeamMembership
from supportcenter.accounts.models.user import User

__all__ = [
    "CsrPrivileges",
    "Face",
    "NotificationSettings",
    "PeopleFile",
    "PushSubscription",
    "SignOn",
    "SitePicture",
    "SitePolicy",
    "Team",
    "TeamMembership",
    "User",
]
