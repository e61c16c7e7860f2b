"""How a page's script asks."""

from django.urls import reverse

from sessions_app.actions.activities.activities import request_activity

FETCH = {"x-requested-with": "fetch"}


def send(browser, name, session, *args, **fields):
    return browser.post(reverse(name, args=[session.key, *args]), fields, headers=FETCH)


def ask(session, carol, kind="view_desktop"):
    return request_activity(session, kind, carol, by=session.primary)
