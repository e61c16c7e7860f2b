"""Single sign-on (E72): people come in by an identity provider, with the account and the roles that it stands for."""
