"""The key by which push services know the site is made out of the secret key."""

from cryptography.hazmat.primitives.asymmetric import ec

from supportcenter.accounts.push.keys import public_key
from tests.push_service import decoded


def test_it_is_the_same_for_all_processes_with_one_secret_key_and_another_for_another(settings):
    settings.SECRET_KEY = "one secret key of this site, 0123456789"
    first = public_key()
    settings.SECRET_KEY = "another secret key of this site, 012345"
    assert public_key() != first
    settings.SECRET_KEY = "one secret key of this site, 0123456789"
    assert public_key() == first


def test_browsers_take_it(settings):
    point = decoded(public_key())
    assert len(point) == 65
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
