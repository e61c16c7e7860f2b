"""Addresses that a provider and people who sign in by it come to. Without a provider in the settings each is 404."""

from django.urls import path

from supportcenter.accounts.sign_on.views import link, saml, sign_on, sign_out

urlpatterns = [
    path("sign-on/again/", sign_on.again, name="sign_on_again"),
    path("sign-on/oidc/callback/", sign_on.callback, name="sign_on_callback"),
    path("sign-on/oidc/logout/", sign_out.back_channel, name="sign_on_back_channel"),
    path("sign-on/saml/acs/", saml.assertion, name="sign_on_assertion"),
    path("sign-on/saml/finish/", saml.finish, name="sign_on_finish"),
    path("sign-on/saml/logout/", saml.logout, name="sign_on_saml_logout"),
    path("sign-on/saml/metadata/", saml.metadata, name="sign_on_metadata"),
    path("sign-on/<slug:key>/", sign_on.start, name="sign_on"),
    path("sign-in-link/<str:token>/", link.sign_in_link, name="sign_in_link"),
    path("logout/", sign_out.sign_out, name="account_logout"),
]
