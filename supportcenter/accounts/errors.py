from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Conflict, Forbidden, Missing, TooMany


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


class PushRefused(Conflict):
    code = "push_refused"
    message = _("This site cannot send to the push service of this browser.")


class NotSubscribed(Conflict):
    code = "not_subscribed"
    message = _("Nothing is pushed to this device. Press “Turn on” and try again.")


class TooManyTrials(TooMany):
    code = "too_many_trials"
    message = _("That is as many tests as you can send in an hour. Try again later.")


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
