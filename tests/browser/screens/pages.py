"""Pages that stand still: an address, and who opens it."""

from datetime import date, timedelta
from functools import partial

PUBLIC = {
    "home of strangers": "/",
    "join": "/join/",
    "join refused": "/join/?number=12",
    "sign in": "/accounts/login/",
    "new password": "/accounts/password/reset/",
    "entry form": "/queues/technical-support/",
    "leave a message": "/queues/technical-support/message/",
    "connection check": "/check/",
    "not found": "/nothing/here/",
    "help": "/help/",
    "help found": "/help/?find=sound",
    "help topic": "/help/join-a-session/",
    "help settings": "/help/settings/",
}
OF_A_CSR = {
    "help of a representative": "/help/",
    "help topic of a representative": "/help/invite/",
    "home": "/",
    "start": "/sessions/start/",
    "assist": "/sessions/assist/",
    "inbox": "/webacd/inbox/",
    "my sessions": "/reports/",
    "my replies": "/replies/",
    "add a reply": "/replies/add/",
    "my password": "/accounts/password/change/",
    "my picture": "/accounts/picture/",
    "my notifications": "/notifications/",
    "my sign-ins": "/accounts/sign-ins/",
    "my sign-in security": "/accounts/2fa/",
    "my authenticator app": "/accounts/2fa/app/",
    "my new passkey": "/accounts/2fa/keys/add/",
}
OF_A_LEAD = {
    "monitoring of a lead": "/sessions/monitoring/",
    "figures of a team": f"/webacd/figures/?since={date.today() - timedelta(days=14)}",
}
OF_A_MANAGER = {
    "home of a manager": "/",
    "overview": "/reports/overview/",
    "sessions": "/reports/",
    "representatives": "/reports/representatives/",
    "survey": "/reports/survey/",
    "reasons and tags": "/reports/reasons/",
    "figures of queues": f"/webacd/figures/?since={date.today() - timedelta(days=14)}",
    "reports by mail": "/reports/mail/",
    "live": "/reports/live/",
    "monitor": "/webacd/monitor/",
    "monitoring": "/sessions/monitoring/",
    "settings": "/settings/",
    "settings of policy": "/settings/policy/",
    "settings of mail": "/settings/mail/",
    "settings of people": "/settings/people/",
    "settings of a new person": "/settings/people/add/",
    "settings of a person": "/settings/people/1/",
    "settings of teams": "/settings/teams/",
    "settings of a new team": "/settings/teams/add/",
    "settings of a team": "/settings/teams/1/?find=a",
    "settings of a file of people": "/settings/people/import/",
    "settings of queues": "/settings/queues/",
    "settings of hours": "/settings/queues/technical-support/",
    "audit log": "/audit/",
    "audit log of refusals": "/audit/?topic=refused",
    "set up": "/setup/",
    "system status": "/admin/status/",
    "administration": "/admin/",
    "administration of a person": "/admin/accounts/user/1/change/",
    "administration of a new person": "/admin/accounts/user/add/",
    "site policy": "/admin/accounts/sitepolicy/",
}


def of_address(person, address, studio, name):
    who = studio.csr(person) if person else studio.stranger()
    studio.shoot(name, who.open(address))


def record(studio, name):
    """The record of a session of the demo's past."""
    page = studio.csr("dana").open("/reports/")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    studio.shoot(name, page)


PAGES = {
    **{name: partial(of_address, None, address) for name, address in PUBLIC.items()},
    **{name: partial(of_address, "amal", address) for name, address in OF_A_CSR.items()},
    **{name: partial(of_address, "dana", address) for name, address in OF_A_MANAGER.items()},
    **{name: partial(of_address, "bilal", address) for name, address in OF_A_LEAD.items()},
    "record": record,
}
