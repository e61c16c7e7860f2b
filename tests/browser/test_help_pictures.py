"""What can be read in the pictures of the help centre is what the site says; each scene is made again, unseen."""

import pytest

from tests.browser.conftest import MARK, close
from tests.browser.help_pictures.album import LANGUAGES, SCENES, words_of
from tests.browser.help_pictures.demo import site_of
from tests.browser.help_pictures.studio import Studio
from tests.browser.media.flags import FLAGS, TAB
from tests.browser.site import find_chromium


@pytest.fixture(scope="module", params=LANGUAGES)
def studio(request, folder_with_people, tmp_path_factory, browser):
    process = browser.browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, TAB, MARK])
    with site_of(request.param, folder_with_people, tmp_path_factory.mktemp("pictures") / "data") as site:
        yield Studio(site, process, request.param, expected=words_of(request.param))
    close(process)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_pictures_show_what_the_site_says(studio, scene):
    with studio.scene():
        scene(studio)
    kept = words_of(studio.words.language)
    differ = []
    for name in SCENES[scene]:
        shown, read = set(kept[name]), set(studio.pictures[name][0])
        if shown != read:
            differ.append(f"{name}: shows no longer {sorted(shown - read)}, but {sorted(read - shown)}")
    assert not differ, "\n".join(["run make help-pictures", *differ])
