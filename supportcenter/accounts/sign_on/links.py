"""The emergency way in, past passwords and providers: a link that signs one person in, once, within minutes.

Only the command `sign_in_link` makes one, so only those who administer the server have it.
"""

from django.contrib.auth.models import update_last_login
from django.core import signing
from django.db import transaction

from supportcenter import security_log
from supportcenter.accounts.errors import AccountDisabled, SignInLinkOver
from supportcenter.accounts.models import User
from supportcenter.refusals import require
from supportcenter.whole_addresses import whole_address

SALT = "supportcenter.accounts.sign_in_link"
# Seconds.
HOLDS = 600


def sign_in_link(person: User) -> str:
    """Raises AccountDisabled."""
    require(person.is_active, AccountDisabled)
    security_log.note("sign_in_link_made", account=person.username)
    return whole_address("sign_in_link", token=signing.dumps(_facts(person), salt=SALT))


def person_of(token: str) -> User:
    """Whom the link signs in. Raises SignInLinkOver."""
    try:
        facts = signing.loads(token, salt=SALT, max_age=HOLDS)
    except signing.BadSignature as error:
        raise SignInLinkOver from error
    person = User.objects.filter(pk=facts[0], is_active=True).first()
    if person is None or _facts(person) != facts:
        raise SignInLinkOver
    return person


@transaction.atomic
def use_link(token: str) -> User:
    """The person, for whom the link is over now. Raises SignInLinkOver."""
    person_of(token).locked()
    person = person_of(token)
    update_last_login(User, person)
    security_log.note("sign_in_link_used", account=person.username)
    return person


def _facts(person: User) -> list[object]:
    """Any sign-in, and another password, makes them others."""
    last = person.last_login.isoformat() if person.last_login else ""
    return [person.pk, last, person.get_session_auth_hash()[:16]]
