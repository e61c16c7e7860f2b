"""What customers may call themselves: not what others there would take for the name of somebody of the site."""

from collections.abc import Iterable

from sessions_app.errors import NameReserved, NameTaken
from sessions_app.models import SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import require
from supportcenter.text.lookalikes import looks_like_one_of

# Whom customers expect on the other side, in the languages of the site.
ROLES = [
    *("Support", "Customer Support", "Technical Support", "Support Team", "Support Representative", "Representative"),
    *("الدعم", "دعم العملاء", "الدعم الفني", "الدعم التقني", "فريق الدعم", "ممثل الدعم"),
]


def require_own_name(name: str, representatives: Iterable[str]) -> None:
    """Raises NameReserved for what the site is called, NameTaken for the name of one of these representatives."""
    policy = SitePolicy.current()
    of_the_site = [policy.organisation, policy.site_name, policy.site_name_ar, *ROLES]
    require(not looks_like_one_of(name, filter(None, of_the_site)), NameReserved)
    require(not looks_like_one_of(name, representatives), NameTaken)


def representatives_of(session: SupportSession) -> list[str]:
    """The names of all CSRs that customers of the session see, or have seen: one who left stands in the chat."""
    return list(session.participants.csrs().values_list("name", flat=True))
