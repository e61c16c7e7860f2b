from supportcenter.derived_keys import derived_key, derived_keys

FIRST, SECOND = "first-secret-key-of-the-site-0123456789", "second-secret-key-of-the-site-987654321"


def test_each_purpose_and_each_secret_key_has_a_key_of_its_own(settings):
    settings.SECRET_KEY = FIRST
    first = derived_key("one")
    assert (len(first), len(derived_key("one", 48)), derived_key("one")) == (32, 48, first)
    assert derived_key("another") != first
    settings.SECRET_KEY = SECOND
    assert derived_key("one") != first


def test_former_secret_keys_come_after_the_present_one(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = FIRST, []
    first = derived_key("one")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = SECOND, [FIRST]
    assert derived_keys("one") == [derived_key("one"), first]
