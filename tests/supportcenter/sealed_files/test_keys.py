import base64

import pytest

from supportcenter.environment import WrongSetting
from supportcenter.files_keys import key_marked, key_of, keys_of, newest_key

KEY, OTHER = bytes(range(32)), bytes(range(100, 132))
TEXT, OTHER_TEXT = base64.b64encode(KEY).decode(), base64.urlsafe_b64encode(OTHER).decode()


def test_keys_are_read_newest_first():
    assert keys_of([]) == []
    assert keys_of([TEXT, OTHER_TEXT]) == [KEY, OTHER]
    assert keys_of(["none", TEXT]) == [None, KEY]


@pytest.mark.parametrize(
    "texts",
    [
        ["secret"],
        [TEXT[:-4]],
        [f"{TEXT}AAAA"],
        [base64.b64encode(bytes(32)).decode()],
        [TEXT, "none"],
        ["ä" * 44],
    ],
)
def test_what_is_no_key_is_refused_with_a_sentence(texts):
    with pytest.raises(WrongSetting, match="FILES_KEY: each key has to be 32 random bytes in base64") as refused:
        keys_of(texts)
    assert texts[0] not in str(refused.value)


def test_one_key_twice_is_refused():
    with pytest.raises(WrongSetting, match="FILES_KEY: names one key twice"):
        keys_of([TEXT, TEXT])


def test_newest_encrypts_and_all_are_known(settings):
    settings.FILES_KEYS = [KEY, OTHER]
    assert newest_key() == key_of(KEY)
    assert key_marked(key_of(OTHER).mark) == key_of(OTHER)
    settings.FILES_KEYS = [None, KEY]
    assert newest_key() is None
    assert key_marked(key_of(KEY).mark) == key_of(KEY)
    assert key_marked(key_of(OTHER).mark) is None
