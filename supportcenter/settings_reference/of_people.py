"""Who the people of the site are, and how they come in."""

from django.utils.translation import gettext_lazy as _

from supportcenter.settings_reference.entry import Entry, Group

CALLED = _("What the button of the sign-in page calls this provider.")
AS_USUAL = _("the usual names of providers")
BY_ADMINISTRATORS = _("none; administrators give the role on the site")

PEOPLE = Group(
    "people",
    _("People"),
    (
        Entry(
            "DEMO_PASSWORD",
            _("The password of the demo accounts, which exist only after `make run` or `manage.py seed_demo`."),
            _("a random one, which is printed"),
        ),
        Entry(
            "ADMIN_USERNAME",
            _(
                "The first person, administrator and representative, made when the site starts and no administrator is "
                "there yet; needs `ADMIN_PASSWORD` too. Without these, `manage.py make_admin NAME` makes one."
            ),
            examples=("dana",),
        ),
        Entry("ADMIN_EMAIL", _("The email address of that person."), examples=("dana@example.org",)),
        Entry("ADMIN_PASSWORD", _("The password of that person, which `manage.py make_admin` takes too.")),
        Entry(
            "WEB_PUSH_HOSTS",
            _(
                "The push services of browsers that representatives are told by while no page is open: hosts, `*.host` "
                "for those below one, or the origin of one of your own. The site calls no others. `none`: it sends to "
                "none."
            ),
            see="docs/notifications.md",
        ),
    ),
)
SIGN_ON = Group(
    "single-sign-on",
    _("Single sign-on"),
    (
        Entry(
            "OIDC_URL",
            _(
                "OpenID Connect: the address of the issuer. Needs `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET` too. "
                "`http://` is for a provider on this machine alone."
            ),
            examples=("https://login.example.org/realms/main",),
        ),
        Entry("OIDC_CLIENT_ID", _("The client that the issuer knows this site as.")),
        Entry("OIDC_CLIENT_SECRET", _("The secret of that client.")),
        Entry("OIDC_NAME", CALLED),
        Entry("OIDC_SCOPES", _("What the site asks the issuer for; `openid` has to be among them.")),
        Entry(
            "SAML_METADATA_URL",
            _("SAML: the address of the provider’s metadata. `http://` is for a provider on this machine alone."),
            examples=("https://login.example.org/metadata",),
        ),
        Entry(
            "SAML_METADATA_FILE",
            _("The provider’s metadata in a file, instead of `SAML_METADATA_URL`."),
            examples=("/etc/support/metadata.xml",),
        ),
        Entry("SAML_ENTITY_ID", _("Which entity is meant, if the metadata name several.")),
        Entry("SAML_NAME", CALLED),
        Entry(
            "SAML_KEY_FILE",
            _(
                "In PEM: the private key that the site signs its own requests with. Goes together with "
                "`SAML_CERTIFICATE_FILE`."
            ),
            examples=("/etc/support/saml.key",),
        ),
        Entry(
            "SAML_CERTIFICATE_FILE",
            _("In PEM: the certificate of that key."),
            examples=("/etc/support/saml.crt",),
        ),
        Entry(
            "SSO_CREATE_ACCOUNTS",
            _(
                "Makes an account for each person who signs in for the first time. `0`: only people for whom an "
                "administrator has made an account come in."
            ),
        ),
        Entry(
            "SSO_LINK_BY_EMAIL",
            _("`1`: an address that the provider has verified leads to the account that has it."),
        ),
        Entry(
            "SSO_REPRESENTATIVES",
            _("Groups of the provider whose members are representatives."),
            BY_ADMINISTRATORS,
            ("support",),
        ),
        Entry(
            "SSO_MANAGERS",
            _("Groups of the provider whose members are managers."),
            BY_ADMINISTRATORS,
            ("support-managers",),
        ),
        Entry(
            "SSO_ADMINISTRATORS",
            _("Groups of the provider whose members are administrators."),
            BY_ADMINISTRATORS,
            ("support-admins",),
        ),
        Entry(
            "SSO_TEAMS",
            _("Groups whose members are in a team, each with the team’s English name."),
            examples=("billing-group=Billing,emea=Europe",),
        ),
        Entry("SSO_USERNAME_ATTRIBUTE", _("The claim or attribute that holds the username."), AS_USUAL),
        Entry("SSO_EMAIL_ATTRIBUTE", _("The claim or attribute that holds the email address."), AS_USUAL),
        Entry("SSO_FIRST_NAME_ATTRIBUTE", _("The claim or attribute that holds the first name."), AS_USUAL),
        Entry("SSO_LAST_NAME_ATTRIBUTE", _("The claim or attribute that holds the last name."), AS_USUAL),
        Entry(
            "SSO_GROUPS_ATTRIBUTE",
            _("The claim or attribute that holds the groups; dots lead into a claim."),
            AS_USUAL,
            ("realm_access.roles",),
        ),
        Entry(
            "PASSWORD_SIGN_IN",
            _("`0`: people sign in by the provider alone. In an emergency, run `manage.py sign_in_link NAME`."),
        ),
    ),
    topics=("single-sign-on",),
    see="docs/single-sign-on.md",
)
