"""docs/asvs.md: each requirement of ASVS 5.0.0, levels 1 and 2, stands once, with an answer that leads somewhere."""

import re
from collections import Counter
from typing import NamedTuple

from tests.source import ROOT

DOCUMENT = ROOT / "docs/asvs.md"
# Of each section the level of its requirements, in their order. Those of level 3 are left out of the document.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123", "2.1": "122", "2.2": "112",
    "2.3": "12223", "2.4": "23", "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333",
    "3.6": "3", "3.7": "22333", "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222", "5.1": "2",
    "5.2": "112333", "5.3": "113", "5.4": "222", "6.1": "122", "6.2": "111111112222", "6.3": "11223333",
    "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33", "6.8": "2222", "7.1": "222", "7.2": "1111",
    "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22", "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222", "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333",
    "10.5": "22222", "10.6": "22", "10.7": "222", "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222",
    "11.5": "23", "11.6": "23", "11.7": "33", "12.1": "12233", "12.2": "11", "12.3": "22223", "13.1": "2333",
    "13.2": "222223", "13.3": "2233", "13.4": "1222233", "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333", "16.1": "2", "16.2": "22222",
    "16.3": "2222", "16.4": "222", "16.5": "2223", "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
MET, NOT_APPLICABLE, NOT_MET = "met", "not applicable", "not met"
NAMED = re.compile(r"`([^`\s]*[/.][^`\s]*)`")


class Row(NamedTuple):
    number: str
    level: str
    words: str
    answer: str
    reason: str

    @property
    def named(self):
        """The files and tests that are quoted."""
        return NAMED.findall(self.reason)


def cells(line):
    return [cell.strip() for cell in line.strip("|\n").split("|")]


def rows():
    return [Row(*cells(line)) for line in DOCUMENT.read_text().splitlines() if re.match(r"\| \d+\.\d+\.\d+ \|", line)]


def wanted():
    numbers = {f"{section}.{n}": level for section, levels in LEVELS.items() for n, level in enumerate(levels, start=1)}
    return [(number, level) for number, level in numbers.items() if level != "3"]


def is_there(name):
    """A file, or a test in one."""
    file, _, test = name.partition("::")
    path = ROOT / file
    return path.is_file() and (not test or re.search(rf"^\s*(?:async )?def {test}\(", path.read_text(), re.MULTILINE))


def test_each_requirement_stands_once_in_its_order_with_its_level():
    assert [(row.number, row.level) for row in rows()] == wanted()


def test_each_has_an_answer_and_a_reason():
    assert {row.answer for row in rows()} == {MET, NOT_APPLICABLE, NOT_MET}
    assert [row.number for row in rows() if not (row.words and row.reason)] == []
    assert [row.number for row in rows() if len(row.words.split()) > 12] == []
    # What is missing is said, not only where to look.
    assert [row.number for row in rows() if row.answer != MET and not NAMED.sub("", row.reason).strip(" ,;:.")] == []


def test_what_is_met_is_shown_by_a_test_or_a_file():
    assert [row.number for row in rows() if row.answer == MET and not row.named] == []


def test_what_is_named_is_there():
    assert [(row.number, name) for row in rows() for name in row.named if not is_there(name)] == []


def test_a_lost_test_is_noticed():
    assert is_there("tests/test_asvs.py::test_a_lost_test_is_noticed")
    assert not is_there("tests/test_asvs.py::test_a_lost_test")
    assert not is_there("tests/test_asvs_lost.py")
    assert not is_there("tests")


def test_the_summary_counts_them():
    counted = dict(
        cells(line) for line in DOCUMENT.read_text().splitlines() if re.fullmatch(r"\| [a-z ]+ \| \d+ \|", line)
    )
    answers = Counter(row.answer for row in rows())
    assert {name: int(count) for name, count in counted.items()} == {**answers, "in all": answers.total()}
