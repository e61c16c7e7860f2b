from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Conflict, Forbidden, Gone, Missing, Refused, TooMany


class NotAnAdministrator(Forbidden):
    code = "not_an_admin"
    message = _("Only administrators can do this.")


class TooManyPictures(TooMany):
    code = "too_many_pictures"
    message = _("You have changed your picture too often. Try again in an hour.")


class NoMail(Conflict):
    code = "no_mail_server"
    message = _("No mail server is set up on this site.")


class NoAddress(Conflict):
    code = "no_address"
    message = _("Your account has no email address that works. Ask an administrator to enter one.")


class TooManyTests(TooMany):
    code = "too_many_tests"
    message = _("That is as many test messages as you can send in an hour. Try again later.")


class AccountDeleted(Missing):
    code = "account_deleted"
    message = _("This account was deleted.")


class HoldsMore(Forbidden):
    code = "holds_more"
    message = _("This account has rights that yours does not have, so you cannot change it.")


class NotYourself(Forbidden):
    code = "not_yourself"
    message = _("You cannot change your own roles or disable your own account. Ask another administrator.")


class RoleNotYours(Forbidden):
    code = "role_not_yours"
    message = _("You cannot grant or take this role.")


class HasPast(Conflict):
    code = "has_past"
    message = _(
        "This person has worked here, or signed in at least. Records and figures name them, so the account cannot be "
        "deleted. Disable it instead: the person cannot sign in, and everything past stays as it is."
    )


class FileGone(Missing):
    code = "file_gone"
    message = _("This file is not kept any more. Choose it again.")


class PeopleChanged(Conflict):
    code = "people_changed"
    message = _("Something has changed since this was shown. Look at it once more; nothing was saved.")


class RowsAreWrong(Conflict):
    code = "rows_are_wrong"
    message = _("Some rows are wrong. Correct the file, or tick that they are to be left out.")


class NothingToImport(Conflict):
    code = "nothing_to_import"
    message = _("The file changes nothing.")


class UsernameTaken(Conflict):
    code = "username_taken"
    message = _("This username is taken.")


class OnlyRepresentativesManage(Conflict):
    code = "only_representatives_manage"
    message = _("A manager is a representative, too: tick both, or neither.")


class AccountDisabled(Conflict):
    code = "account_disabled"
    message = _("This account is disabled. Enable it first.")


class PersonWithoutAddress(Conflict):
    code = "person_without_address"
    message = _("This account has no email address that works.")


class TooManyLinks(TooMany):
    code = "too_many_links"
    message = _("That is as many links as you can send in an hour. Try again later.")


class TooManyImportedLinks(TooMany):
    code = "too_many_imported_links"
    message = _("That is more links than your imports can send in a day. Import without them, and send them later.")


class NeedsSecondFactor(Forbidden):
    code = "needs_second_factor"
    message = _("Set up a second factor first. Nothing else works until then.")


class NotLatelyConfirmed(Forbidden):
    code = "not_lately_confirmed"
    message = _("Confirm your identity first, and then try again.")


class SignInAgain(Forbidden):
    code = "sign_in_again"
    message = _("Sign out and in again first: this is for people who have just signed in.")


class NoSecondFactor(Conflict):
    code = "no_second_factor"
    message = _("This account has no second factor.")


class FactorUnreadable(Conflict):
    code = "second_factor_unreadable"
    message = _("This second factor was set up under another secret key of the site. An administrator can reset it.")


class PushRefused(Conflict):
    code = "push_refused"
    message = _("This site cannot send to the push service of this browser.")


class NotSubscribed(Conflict):
    code = "not_subscribed"
    message = _("Nothing is pushed to this device. Press “Turn on” and try again.")


class TooManyTrials(TooMany):
    code = "too_many_trials"
    message = _("That is as many tests as you can send in an hour. Try again later.")


class PasswordsAreOff(Conflict):
    code = "passwords_are_off"
    message = _("This site does not use passwords.")


class SignOnFailed(Forbidden):
    code = "sign_on_failed"
    message = _("The sign-in service’s answer could not be used. Go back to the sign-in page and try again.")


class ProviderAway(Refused):
    code = "provider_away"
    message = _("The sign-in service does not answer.")
    status = 503
    try_again_later = True


class NoAccountHere(Forbidden):
    code = "no_account_here"
    message = _("You have no account on this site. Ask an administrator to create one.")


class AddressHasAccount(Conflict):
    code = "address_has_account"
    message = _("An account on this site already has your email address. Ask an administrator to let you in with it.")


class TooManySignOns(TooMany):
    code = "too_many_sign_ons"
    message = _("Too many people are signing in from your network. Try again in a minute.")


class SignInLinkOver(Gone):
    code = "sign_in_link_over"
    message = _("This link to sign in is no longer valid.")


class TeamDeleted(Missing):
    code = "team_deleted"
    message = _("This team was deleted.")


class TeamNameTaken(Conflict):
    code = "team_name_taken"
    message = _("Another team has this name.")


class TooManyTeams(Conflict):
    code = "too_many_teams"
    message = _("That is as many teams as a site can have.")


class TeamFull(Conflict):
    code = "team_full"
    message = _("This team has as many members as a team can have.")


class InTooManyTeams(Conflict):
    code = "in_too_many_teams"
    message = _("This person is in as many teams as one can be.")


class OnlyRepresentatives(Conflict):
    code = "only_representatives"
    message = _("Only a support representative can be in a team or lead it.")


class NoMember(Conflict):
    code = "no_member"
    message = _("This person is not in the team any more.")


class NotYourTeam(Forbidden):
    code = "not_your_team"
    message = _("You cannot decide on your own place in a team, nor on who is in a team that you lead.")


class SignInOver(Missing):
    code = "sign_in_over"
    message = _("That device is signed in no longer.")
