"""The parts of the site, and what every request goes through."""

from supportcenter.settings.places import BASE_DIR

INSTALLED_APPS = [
    "supportcenter.apps.SupportCenterConfig",
    "supportcenter.refusals",
    "supportcenter.live",
    "supportcenter.jobs",
    "supportcenter.mail",
    # Before the accounts, whose administration takes its place.
    "supportcenter.accounts.user_sessions.LeanUserSessions",
    "supportcenter.accounts",
    "supportcenter.audit",
    "supportcenter.report_mail",
    "sessions_app",
    "invitations",
    "webacd",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "channels",
    "anymail",
    "csp",
    "lucide",
]

MIDDLEWARE = [
    # Before all that reads the Host header.
    "supportcenter.hosts.only_our_hosts",
    "django.middleware.security.SecurityMiddleware",
    "supportcenter.compression.compress_pages",
    "supportcenter.middleware.keep_cookies_here",
    "supportcenter.middleware.permissions_policy",
    "supportcenter.middleware.keep_pages_private",
    "csp.middleware.CSPMiddleware",
    "supportcenter.accounts.middleware.tell_why_signed_out",
    "supportcenter.refusals.storage_middleware.StoringSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "supportcenter.middleware.lead_links_home",
    "django.middleware.csrf.CsrfViewMiddleware",
    "supportcenter.accounts.middleware.SignInMiddleware",
    "supportcenter.accounts.middleware.note_activity",
    "django.contrib.messages.middleware.MessageMiddleware",
    "supportcenter.acting.remember_request",
    "supportcenter.accounts.middleware.one_policy_for_a_page",
    "allauth.account.middleware.AccountMiddleware",
    "supportcenter.accounts.doors.SecondFactorDoor",
    "supportcenter.accounts.doors.StepUpDoor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "supportcenter.refusals.storage_middleware.StorageFullMiddleware",
    "supportcenter.refusals.middleware.RefusalMiddleware",
    "supportcenter.refusals.middleware.refuse_other_charsets",
]

MESSAGE_STORAGE = "supportcenter.toasts.Toasts"
ROOT_URLCONF = "supportcenter.urls"
ASGI_APPLICATION = "supportcenter.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "supportcenter.accounts.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
