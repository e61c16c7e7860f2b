"""What an invitation explains in the active language: what will happen, and how to check that it is genuine."""

from django.utils.translation import gettext as _

from supportcenter.text.directions import apart, ltr

# In the middle of a sentence, the groups of the number stay on one line.
NO_BREAK = "\u00a0"


def steps(*, inviter: str, is_for_csr: bool) -> list[str]:
    name = apart(inviter)
    if is_for_csr:
        return [
            _("Sign in with your own account."),
            _("Confirm that you want to assist."),
            _("You join as an assistant. %(name)s stays in control.") % {"name": name},
        ]
    return [
        _("The page opens in your browser. There is nothing to install, and you do not need an account."),
        _("Enter your name and choose Join. %(name)s sees that you are there.") % {"name": name},
        _("You can chat at once. Nothing on your device is shown until you allow it, and you can stop at any time."),
    ]


def checks(*, inviter: str, address: str, number: str, is_for_csr: bool) -> list[str]:
    facts = {"name": apart(inviter), "address": ltr(address), "number": ltr(number.replace(" ", NO_BREAK))}
    found = [
        _("It was sent because %(name)s asked for it. If in doubt, ask them in a way you already know.") % facts,
        _("The address of the page must begin with exactly this: %(address)s") % facts,
        _("We never ask for a payment or for one of your passwords."),
        _("Instead of the link, you can type the address yourself and enter the number %(number)s") % facts,
    ]
    if is_for_csr:
        found[2] = _("Sign in on that page only. We never ask for your password by email, chat or phone.")
    return found


def closing(*, is_for_csr: bool) -> str:
    return "" if is_for_csr else _("If you did not ask for support, ignore this message.")
