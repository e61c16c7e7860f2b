"""Second factors: allauth's pages by their names, with our marks; its list of keys and its sign-up are not ours."""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import path

from supportcenter.accounts.own_sign_in import own_sign_in
from supportcenter.accounts.views import factors
from supportcenter.handling import asks_again

urlpatterns = [
    path("", base.index, name="mfa_index"),
    path("authenticate/", base.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", base.reauthenticate, name="mfa_reauthenticate"),
    path("app/", asks_again(factors.AddApp.as_view()), name="mfa_activate_totp"),
    path("app/remove/", asks_again(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", asks_again(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", asks_again(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("codes/file/", asks_again(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("keys/", factors.keys, name="mfa_list_webauthn"),
    path("keys/add/", asks_again(factors.AddKey.as_view()), name="mfa_add_webauthn"),
    path("keys/sign-in/", own_sign_in(keys.login_webauthn), name="mfa_login_webauthn"),
    path("keys/reauthenticate/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/", asks_again(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", asks_again(keys.remove_webauthn), name="mfa_remove_webauthn"),
]
