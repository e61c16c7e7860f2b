"""What the rules and the page's scripts have to know about every capability."""

import json
import re

from supportcenter.accounts.capabilities import ENDING, ONE_A_SESSION, SHARING, Capability
from tests.source import ROOT


def test_a_transfer_knows_when_to_end_each():
    assert sorted(kind for kinds in ENDING for kind in kinds) == sorted(Capability)
    assert ENDING[0] == SHARING
    assert ENDING[-1] == {Capability.VOICE}


def test_what_is_shared_has_one_stage_already():
    assert not ONE_A_SESSION & SHARING


def test_scripts_know_the_same_kinds_of_sharing():
    script = (ROOT / "static" / "js" / "media" / "live_activities.js").read_text()
    named = re.search(r"SHARING = (\[.*?\]);", script, re.DOTALL).group(1)
    assert sorted(json.loads(re.sub(r",\s*\]", "]", named))) == sorted(SHARING)
