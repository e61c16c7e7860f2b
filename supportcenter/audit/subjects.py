"""What entries are about, by kind: apps above say how one is named, where it is, and how it is found.

An entry has the kind and the key alone, so that what is erased elsewhere is not named here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from supportcenter.text.whole_numbers import whole_number


class Named(NamedTuple):
    name: str
    address: str


@dataclass(frozen=True)
class Subjects:
    # What is still there of some keys.
    named: Callable[[Collection[int]], Mapping[int, Named]]
    # The keys of what this text is the number of, a few at most.
    found: Callable[[str], Iterable[int]]


_kinds: dict[str, Subjects] = {}


def register_subjects(kind: str, subjects: Subjects) -> None:
    _kinds[kind] = subjects


def named_subjects(subjects: Iterable[str]) -> dict[str, Named]:
    """Each kind is asked once."""
    keys: defaultdict[str, set[int]] = defaultdict(set)
    for subject in subjects:
        kind, _dot, key = subject.partition(".")
        keys[kind].add(whole_number(key))
    return {
        f"{kind}.{key}": named
        for kind, some in keys.items()
        if kind in _kinds
        for key, named in _kinds[kind].named(some).items()
    }


def subjects_found(text: str) -> list[str]:
    return [f"{kind}.{key}" for kind, subjects in _kinds.items() for key in subjects.found(text)]
